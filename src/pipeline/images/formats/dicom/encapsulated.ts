import { HilumError } from '../../../domain/errors.ts';

interface Fragment {
  /** Offset of the item tag from the first byte after the basic offset table. */
  readonly offset: number;
  readonly start: number;
  readonly length: number;
}

const itemTag = 0xe000fffe;
const delimiterTag = 0xe0ddfffe;

/**
 * Bytes of each frame of encapsulated Pixel Data (PS3.5 A.4). Frames are told apart by the basic offset table, else one
 * fragment a frame, else by the start of each codestream. Item lengths are compared with the bytes present. Some writers
 * leave out the sequence delimiter: a single frame may go without where the file ends with a whole fragment, since its
 * codec tells whether it is complete; several frames may not.
 * @param start first byte of the value (the item tag of the basic offset table)
 * @throws HilumError `image/truncated`, `image/bad-header`
 */
export function encapsulatedFrames(bytes: Uint8Array, start: number, frames: number): (frame: number) => Uint8Array {
  const { table, fragments, delimited } = readItems(bytes, start);
  if (!delimited && (frames > 1 || fragments.length === 0)) throw new HilumError('image/truncated');
  const groups = groupFragments(bytes, fragments, table, frames);
  return (frame) => {
    const group = groups[frame] ?? [];
    const [only] = group;
    if (group.length === 1 && only !== undefined) return bytes.subarray(only.start, only.start + only.length);
    const joined = new Uint8Array(group.reduce((sum, fragment) => sum + fragment.length, 0));
    let at = 0;
    for (const fragment of group) {
      joined.set(bytes.subarray(fragment.start, fragment.start + fragment.length), at);
      at += fragment.length;
    }
    return joined;
  };
}

interface Items {
  readonly table: number[];
  readonly fragments: Fragment[];
  readonly delimited: boolean;
}

function readItems(bytes: Uint8Array, start: number): Items {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const table: number[] = [];
  const fragments: Fragment[] = [];
  let at = start;
  let base: number | undefined;
  while (at + 8 <= bytes.length) {
    const tag = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    if (tag === delimiterTag) return { table, fragments, delimited: true };
    if (tag !== itemTag) throw new HilumError('image/bad-header', { what: 'the pixel fragments are not items' });
    if (at + 8 + length > bytes.length) {
      throw new HilumError('image/truncated', { expectedBytes: length, actualBytes: bytes.length - at - 8 });
    }
    if (base === undefined) {
      for (let k = 0; k + 4 <= length; k += 4) table.push(view.getUint32(at + 8 + k, true));
      base = at + 8 + length;
    } else {
      fragments.push({ offset: at - base, start: at + 8, length });
    }
    at += 8 + length;
  }
  if (at < bytes.length) throw new HilumError('image/truncated');
  return { table, fragments, delimited: false };
}

function groupFragments(bytes: Uint8Array, fragments: Fragment[], table: number[], frames: number): Fragment[][] {
  if (frames === 1) return [fragments];
  const byTable = frames === table.length ? splitAt(fragments, (fragment) => table.includes(fragment.offset)) : [];
  if (byTable.length === frames) return byTable;
  if (fragments.length === frames) return fragments.map((fragment) => [fragment]);
  const byStart = splitAt(fragments, (fragment) => startsCodestream(bytes, fragment.start));
  if (byStart.length === frames) return byStart;
  throw fragments.length < frames
    ? new HilumError('image/truncated')
    : new HilumError('image/bad-header', { what: 'the pixel fragments cannot be told apart into frames' });
}

function splitAt(fragments: Fragment[], begins: (fragment: Fragment) => boolean): Fragment[][] {
  const groups: Fragment[][] = [];
  for (const fragment of fragments) {
    if (begins(fragment)) groups.push([fragment]);
    else groups.at(-1)?.push(fragment);
  }
  return groups;
}

/** JPEG and JPEG-LS begin with SOI, JPEG 2000 with SOC and SIZ. */
function startsCodestream(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0xff) return false;
  return (bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff) || (bytes[at + 1] === 0x4f && bytes[at + 2] === 0xff);
}
