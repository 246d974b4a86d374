import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a hand-made archive; whatever is given replaces the truth, in the central directory or in both headers. */
export interface CraftedEntry {
  readonly name: string | Buffer;
  readonly data?: Buffer;
  readonly stored?: boolean;
  readonly uncompressedSize?: number;
  readonly compressedSize?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly flags?: number;
  /** Unix mode, type bits included. */
  readonly mode?: number;
  /** Offset of the local header that the central directory names. */
  readonly offset?: number;
  /** Bytes in place of the packed data. */
  readonly packed?: Buffer;
}

export interface CraftedEnd {
  readonly entryCount?: number;
  readonly directoryOffset?: number;
  readonly disk?: number;
}

/** Writes a zip by hand, byte for byte (APPNOTE 4.3), so that it can lie. */
export function craftZip(entries: readonly CraftedEntry[], end: CraftedEnd = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, directory } = headers(entry, offset);
    locals.push(local);
    central.push(directory);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(end.disk ?? 0, 4);
  tail.writeUInt16LE(end.entryCount ?? entries.length, 8);
  tail.writeUInt16LE(end.entryCount ?? entries.length, 10);
  tail.writeUInt32LE(directory.length, 12);
  tail.writeUInt32LE(end.directoryOffset ?? offset, 16);
  return Buffer.concat([...locals, directory, tail]);
}

function headers(entry: CraftedEntry, at: number): { local: Buffer; directory: Buffer } {
  const data = entry.data ?? Buffer.from('data');
  const stored = entry.stored ?? false;
  const packed = entry.packed ?? (stored ? data : deflateRawSync(data));
  const name = typeof entry.name === 'string' ? Buffer.from(entry.name) : entry.name;
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(entry.flags ?? 0x800, 2);
  shared.writeUInt16LE(entry.method ?? (stored ? 0 : 8), 4);
  shared.writeUInt32LE(entry.crc ?? crc32(data), 10);
  shared.writeUInt32LE(entry.compressedSize ?? packed.length, 14);
  shared.writeUInt32LE(entry.uncompressedSize ?? data.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, packed]);
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x02014b50, 0);
  start.writeUInt16LE((3 << 8) | 20, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(entry.offset ?? at, 10);
  return { local, directory: Buffer.concat([start, shared, rest, name]) };
}
