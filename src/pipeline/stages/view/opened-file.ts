import { stat } from 'node:fs/promises';
import type { OpenedImage } from '../../domain/image.ts';
import { readStable } from '../../files/index.ts';
import { openImage } from '../../images/index.ts';

interface Kept {
  readonly path: string;
  readonly file: string;
  /** Size, time and inode. */
  readonly state: string;
  readonly opened: OpenedImage;
}

/** The volume that is scrolled through: reading and inflating it for each slice would take seconds. */
let kept: Kept | undefined;

/** @throws HilumError with an `image/` code */
export async function openForView(path: string, file: string): Promise<OpenedImage> {
  if (kept?.path === path && kept.file === file && kept.state === (await stateOf(path))) return kept.opened;
  kept = undefined;
  const { bytes, size, mtimeMs, ino } = await readStable(path);
  const opened = await openImage(bytes, { name: file });
  if (opened.frames > 1) kept = { path, file, state: `${size} ${mtimeMs} ${ino}`, opened };
  return opened;
}

async function stateOf(path: string): Promise<string> {
  return stat(path).then(
    ({ size, mtimeMs, ino }) => `${size} ${mtimeMs} ${ino}`,
    () => 'gone',
  );
}
