import { HilumError } from '../../../../../domain/errors.ts';
import type { BitReader, HuffmanTable } from './bits.ts';

/** Natural position of the k-th zigzag coefficient (ITU-T T.81 figure A.6). */
export const zigzag = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21],
  ...[28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61],
  ...[54, 47, 55, 62, 63],
);

export interface ScanRules {
  readonly spectralStart: number;
  readonly spectralEnd: number;
  /** Point transform of this scan and of the one before (0: first pass). */
  readonly low: number;
  readonly high: number;
  readonly progressive: boolean;
  readonly restartInterval: number;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

/** Decodes one scan of a single component into its coefficient blocks (64 values each, natural order, not dequantised). */
export function decodeScan(reader: BitReader, rules: ScanRules, blocks: Int32Array): void {
  const state: State = { reader, rules, blocks, predicted: 0, endOfBand: 0 };
  const decode = blockDecoder(rules);
  const count = blocks.length / 64;
  for (let block = 0; block < count; block++) {
    if (rules.restartInterval > 0 && block > 0 && block % rules.restartInterval === 0) {
      reader.restart();
      state.predicted = 0;
      state.endOfBand = 0;
    }
    decode(state, block * 64);
  }
}

interface State {
  readonly reader: BitReader;
  readonly rules: ScanRules;
  readonly blocks: Int32Array;
  predicted: number;
  endOfBand: number;
}

type BlockDecoder = (state: State, base: number) => void;

function blockDecoder({ progressive, spectralStart, high }: ScanRules): BlockDecoder {
  if (!progressive) return sequential;
  if (spectralStart === 0) return high === 0 ? dcFirst : dcRefine;
  return high === 0 ? acFirst : acRefine;
}

function table(found: HuffmanTable | undefined): HuffmanTable {
  if (found === undefined) throw new HilumError('image/corrupt', { format: 'JPEG', what: 'Huffman table missing' });
  return found;
}

function sequential(state: State, base: number): void {
  const { reader, rules, blocks } = state;
  state.predicted += reader.signed(table(rules.dc).decode(reader));
  blocks[base] = state.predicted;
  const ac = table(rules.ac);
  for (let k = 1; k < 64; k++) {
    const symbol = ac.decode(reader);
    const size = symbol & 15;
    if (size === 0) {
      if (symbol !== 0xf0) return;
      k += 15;
      continue;
    }
    k += symbol >> 4;
    blocks[base + place(k)] = reader.signed(size);
  }
}

function place(k: number): number {
  const position = zigzag[k];
  if (position === undefined)
    throw new HilumError('image/corrupt', { format: 'JPEG', what: 'coefficient past the block' });
  return position;
}

function dcFirst(state: State, base: number): void {
  const { reader, rules, blocks } = state;
  state.predicted += reader.signed(table(rules.dc).decode(reader));
  blocks[base] = state.predicted << rules.low;
}

function dcRefine({ reader, rules, blocks }: State, base: number): void {
  if (reader.bit() === 1) blocks[base] = (blocks[base] ?? 0) | (1 << rules.low);
}

function acFirst(state: State, base: number): void {
  const { reader, rules, blocks } = state;
  if (state.endOfBand > 0) {
    state.endOfBand--;
    return;
  }
  const ac = table(rules.ac);
  for (let k = rules.spectralStart; k <= rules.spectralEnd; k++) {
    const symbol = ac.decode(reader);
    const run = symbol >> 4;
    const size = symbol & 15;
    if (size === 0) {
      if (run < 15) {
        state.endOfBand = (1 << run) + reader.bits(run) - 1;
        return;
      }
      k += 15;
      continue;
    }
    k += run;
    blocks[base + place(k)] = reader.signed(size) * (1 << rules.low);
  }
}

/** Successive approximation of AC coefficients (ITU-T T.81 G.1.2.3): known ones get a bit more, new ones are placed between. */
function acRefine(state: State, base: number): void {
  const { reader, rules, blocks } = state;
  const step = 1 << rules.low;
  let k = rules.spectralStart;
  if (state.endOfBand === 0) {
    const ac = table(rules.ac);
    while (k <= rules.spectralEnd) {
      const symbol = ac.decode(reader);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0 && run < 15) {
        state.endOfBand = (1 << run) + reader.bits(run);
        break;
      }
      const fresh = size === 0 ? 0 : reader.bit() === 1 ? step : -step;
      k = skipZeros(state, base, k, run);
      if (fresh !== 0) blocks[base + place(k)] = fresh;
      k++;
    }
  }
  if (state.endOfBand > 0) {
    skipZeros(state, base, k, Number.POSITIVE_INFINITY);
    state.endOfBand--;
  }
}

/** Passes `zeros` coefficients that are still zero, refining the others on the way; returns the position of the next zero. */
function skipZeros({ reader, rules, blocks }: State, base: number, from: number, zeros: number): number {
  const step = 1 << rules.low;
  let left = zeros;
  let k = from;
  for (; k <= rules.spectralEnd; k++) {
    const at = base + place(k);
    const value = blocks[at] ?? 0;
    if (value === 0) {
      if (left === 0) return k;
      left--;
    } else if (reader.bit() === 1 && (Math.abs(value) & step) === 0) {
      blocks[at] = value > 0 ? value + step : value - step;
    }
  }
  return k;
}
