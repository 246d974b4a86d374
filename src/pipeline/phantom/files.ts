import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskError } from '../disk/atomic.ts';

/** Writes a generated file; its folder is made. Not atomic: a phantom can be made again. @throws HilumError `disk/…`, `config/not-writable` */
export async function writeGenerated(path: string, bytes: Uint8Array | string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  } catch (error) {
    throw diskError(error, path);
  }
}
