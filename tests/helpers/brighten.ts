import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Scales the grey values of every picture in a folder in place: a shortcut, when the folder is a class. */
export async function brighten(folder: string, factor: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    await writeFile(
      path,
      await sharp(await readFile(path))
        .linear(factor, 0)
        .toBuffer(),
    );
  }
}
