import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parsedFiles } from '../../../src/main/studies/parsed-files.ts';
import { temporaryFolder } from '../../helpers/records.ts';

it('a file is read once for each of its states; what failed or is gone is looked at again', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a');
  const reads: string[] = [];
  const parsed = parsedFiles(async (file) => {
    reads.push(file);
    if (reads.length === 1) throw new Error('not yet');
    return { file };
  }, 2);
  await writeFile(path, 'one');
  await expect(parsed(path)).rejects.toThrow('not yet');
  const [first, again] = await Promise.all([parsed(path), parsed(path)]);
  expect(again).toBe(first);
  // The same size at nearly the same time, as an atomic writer leaves it.
  await writeFile(join(folder, 'b'), 'two');
  await rename(join(folder, 'b'), path);
  expect(await parsed(path)).not.toBe(first);
  await rm(path);
  await parsed(path);
  expect(reads).toHaveLength(4);
  for (const name of ['x', 'y', 'x', 'y']) await parsed(join(folder, name));
  expect(reads).toHaveLength(6);
});
