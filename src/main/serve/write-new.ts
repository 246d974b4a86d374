import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { badName } from './upload-name.ts';

/**
 * Writes a file that must not be there yet; on any failure it is gone again.
 * @param parts checked parts of its path below `folder`
 * @throws HilumError `upload/bad-name`, `call/bad-input` when fewer or more bytes come than were announced, `disk/…`
 */
export async function writeNew(
  folder: string,
  parts: readonly string[],
  bytes: number,
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  const path = join(folder, ...parts);
  const handle = await create(path).catch((error: unknown) => {
    throw nameError(error);
  });
  try {
    let come = 0;
    try {
      for await (const piece of pieces) {
        come += piece.length;
        if (come > bytes) break;
        await handle.appendFile(piece);
      }
    } finally {
      await handle.close();
    }
    if (come !== bytes) throw new HilumError('call/bad-input', { what: 'its length is not the one announced' });
  } catch (error) {
    await rm(path, { force: true });
    throw diskError(error, 'The folder of uploads');
  }
}

async function create(path: string) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, 'wx', 0o600);
}

/** Names that the checks let through and that this disk does not take. */
function nameError(error: unknown): unknown {
  const errno = errnoOf(error) ?? '';
  if (errno === 'EEXIST') return badName('a file of this name is already there');
  if (errno === 'ENOTDIR' || errno === 'EISDIR') return badName('a file and a folder have the same name');
  if (errno === 'ENAMETOOLONG') return badName('its path is too long');
  if (errno === 'EINVAL' || errno === 'ENOENT') return badName('this disk does not take its name');
  return diskError(error, 'The folder of uploads');
}
