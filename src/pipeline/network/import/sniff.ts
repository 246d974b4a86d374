import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errnoOf, HilumError } from '../../domain/errors.ts';

const edgeBytes = 65_536;

/** What can be seen of a file or folder without interpreting it. */
export interface Sniffed {
  readonly path: string;
  readonly name: string;
  /** Names in a folder; undefined for a file. */
  readonly entries: ReadonlySet<string> | undefined;
  /** First and last bytes of a file, 64 KB each at most. */
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** @throws HilumError `network/bad-file` when nothing can be read there */
export async function sniff(path: string): Promise<Sniffed> {
  const name = basename(path);
  try {
    const status = await stat(path);
    const none = new Uint8Array();
    if (status.isDirectory()) return { path, name, entries: new Set(await readdir(path)), head: none, tail: none };
    if (!status.isFile()) throw new HilumError('network/bad-file', { file: name, what: 'it is no regular file' });
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const length = Math.min(edgeBytes, status.size);
      const [head, tail] = [new Uint8Array(length), new Uint8Array(length)];
      await handle.read(head, 0, length, 0);
      await handle.read(tail, 0, length, status.size - length);
      return { path, name, entries: undefined, head, tail };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof HilumError) throw error;
    throw new HilumError(
      'network/bad-file',
      { file: name, what: errnoOf(error) ?? 'it cannot be opened' },
      { cause: error },
    );
  }
}

export function startsWith({ head }: Sniffed, bytes: readonly number[], at = 0): boolean {
  return bytes.every((byte, index) => head[at + index] === byte);
}

/** Whether text stands in the first or last bytes: the names of a zip stand in both. */
export function mentions({ head, tail }: Sniffed, text: string): boolean {
  return [head, tail].some((bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(text, 0, 'latin1'),
  );
}
