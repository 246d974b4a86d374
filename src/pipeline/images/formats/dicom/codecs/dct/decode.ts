import { HilumError } from '../../../../../domain/errors.ts';
import type { Codestream } from '../codestream.ts';
import { BitReader, HuffmanTable } from './bits.ts';
import { inverseDct } from './idct.ts';
import { decodeScan, type ScanRules, zigzag } from './scan.ts';

interface Tables {
  readonly quantisers: (Uint16Array | undefined)[];
  readonly dc: (HuffmanTable | undefined)[];
  readonly ac: (HuffmanTable | undefined)[];
  restartInterval: number;
  quantiserOfComponent: number;
  progressive: boolean;
}

/** At most this many scans are decoded: a progressive file needs about ten, a hostile one repeats them for ever. */
const scanLimit = 100;

/**
 * Grey DCT JPEG of up to 12 bits: sequential or progressive, Huffman coded (ITU-T T.81 annexes F and G).
 * @throws HilumError `image/corrupt`, `image/truncated`, `image/unsupported-pixels`
 */
export function decodeDct(bytes: Uint8Array, stream: Codestream): Uint16Array {
  const across = Math.ceil(stream.width / 8);
  const blocks = new Int32Array(across * Math.ceil(stream.height / 8) * 64);
  const tables: Tables = {
    quantisers: [],
    dc: [],
    ac: [],
    restartInterval: 0,
    quantiserOfComponent: 0,
    progressive: false,
  };
  let scans = 0;
  let at = 2;
  for (;;) {
    const marker = nextMarker(bytes, at);
    if (marker.kind === 0xd9) break;
    const segment = segmentAt(bytes, marker.at);
    at = marker.at + 2 + segment.length;
    if (marker.kind !== 0xda) {
      readTable(marker.kind, segment, tables);
      continue;
    }
    if (++scans > scanLimit) throw new HilumError('image/corrupt', { format: 'JPEG', what: 'too many scans' });
    const reader = new BitReader(bytes, at);
    decodeScan(reader, scanRules(segment, tables), blocks);
    at = reader.position;
  }
  if (scans === 0) throw new HilumError('image/corrupt', { format: 'JPEG', what: 'no scan' });
  return render(blocks, across, stream, tables);
}

function render(blocks: Int32Array, across: number, stream: Codestream, tables: Tables): Uint16Array {
  const quantisers = tables.quantisers[tables.quantiserOfComponent];
  if (quantisers === undefined) corrupt('quantisation table missing');
  const { width, height } = stream;
  const pixels = new Uint16Array(width * height);
  const work = new Int32Array(64);
  const center = 2 ** (stream.bits - 1);
  const top = 2 ** stream.bits - 1;
  for (let base = 0, block = 0; base < blocks.length; base += 64, block++) {
    inverseDct(blocks, base, quantisers, work);
    const left = (block % across) * 8;
    const upper = Math.floor(block / across) * 8;
    const columns = Math.min(8, width - left);
    const rows = Math.min(8, height - upper);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const value = (work[y * 8 + x] ?? 0) + center;
        pixels[(upper + y) * width + left + x] = Math.min(Math.max(value, 0), top);
      }
    }
  }
  return pixels;
}

/** Markers without a segment (fill bytes, stray restart markers) are passed over. */
function nextMarker(bytes: Uint8Array, from: number): { at: number; kind: number } {
  let at = from;
  while (at + 1 < bytes.length) {
    const kind = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && kind !== 0 && kind !== 0xff && !(kind >= 0xd0 && kind <= 0xd8)) return { at, kind };
    at++;
  }
  throw new HilumError('image/truncated');
}

function segmentAt(bytes: Uint8Array, marker: number): Uint8Array {
  const length = ((bytes[marker + 2] ?? 0) << 8) | (bytes[marker + 3] ?? 0);
  if (length < 2 || marker + 2 + length > bytes.length) throw new HilumError('image/truncated');
  return bytes.subarray(marker + 2, marker + 2 + length);
}

function readTable(kind: number, segment: Uint8Array, tables: Tables): void {
  if (kind === 0xdb) readQuantisers(segment, tables);
  else if (kind === 0xc4) readHuffman(segment, tables);
  else if (kind === 0xdd) tables.restartInterval = ((segment[2] ?? 0) << 8) | (segment[3] ?? 0);
  else if (kind === 0xc0 || kind === 0xc1 || kind === 0xc2) {
    tables.progressive = kind === 0xc2;
    tables.quantiserOfComponent = segment[10] ?? 0;
  } else if (kind >= 0xc3 && kind <= 0xcf) {
    throw new HilumError('image/unsupported-pixels', { what: `JPEG process SOF${kind - 0xc0}` });
  }
}

function readQuantisers(segment: Uint8Array, tables: Tables): void {
  let at = 2;
  while (at < segment.length) {
    const head = segment[at++] ?? 0;
    const wide = head >> 4 === 1;
    const values = new Uint16Array(64);
    for (const position of zigzag) {
      values[position] = wide ? ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0) : (segment[at] ?? 0);
      at += wide ? 2 : 1;
    }
    if (at > segment.length) corrupt('quantisation table cut');
    tables.quantisers[head & 3] = values;
  }
}

function readHuffman(segment: Uint8Array, tables: Tables): void {
  let at = 2;
  while (at + 17 <= segment.length) {
    const head = segment[at] ?? 0;
    const lengths = segment.subarray(at + 1, at + 17);
    const count = lengths.reduce((sum, length) => sum + length, 0);
    const symbols = segment.subarray(at + 17, at + 17 + count);
    if (symbols.length !== count) corrupt('Huffman table cut');
    (head >> 4 === 0 ? tables.dc : tables.ac)[head & 3] = new HuffmanTable(lengths, symbols);
    at += 17 + count;
  }
}

function scanRules(segment: Uint8Array, tables: Tables): ScanRules {
  if (segment[2] !== 1) corrupt('scan of several components');
  const selectors = segment[4] ?? 0;
  const approximation = segment[7] ?? 0;
  const spectralStart = segment[5] ?? 0;
  const spectralEnd = segment[6] ?? 0;
  if (
    tables.progressive &&
    (spectralEnd > 63 || spectralStart > spectralEnd || (spectralStart === 0 && spectralEnd > 0))
  ) {
    corrupt('spectral selection');
  }
  return {
    spectralStart,
    spectralEnd,
    low: Math.min(approximation & 15, 13),
    high: approximation >> 4,
    progressive: tables.progressive,
    restartInterval: tables.restartInterval,
    dc: tables.dc[(selectors >> 4) & 3],
    ac: tables.ac[selectors & 3],
  };
}

function corrupt(what: string): never {
  throw new HilumError('image/corrupt', { format: 'JPEG', what });
}
