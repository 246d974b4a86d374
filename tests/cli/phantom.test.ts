import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHilum, hilum } from '../helpers/hilum.ts';

let root: string;
beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-phantom-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('phantom', () => {
  it('writes scans with truth and masks, and says how many', async () => {
    const words = ['--scans', '1', '--slices', '2', '--size', '64', '--format', 'png', '--masks', '--json'];
    const { code, stdout } = await hilum(root, 'phantom', 'scans', ...words);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: 8, images: 8, groups: 4, classes: { Cyst: { files: 2 } } });
    expect((await readdir(join(root, 'scans'))).toSorted()).toEqual(['Cyst', 'Normal', 'Stone', 'Tumor']);
    expect((await readFile(join(root, 'scans.truth.csv'), 'utf8')).trim().split('\n')).toHaveLength(9);
    expect(await readdir(join(root, 'scans.masks'))).toHaveLength(4);
  });

  it('writes a folder of good and broken files', async () => {
    const { code, stdout } = await hilum(root, 'phantom', 'mixed', '--mixed-folder', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: 28, broken: 8 });
  });

  it.each([[['--scans', '0']], [['--size', '7']], [['--format', 'bmp']], [['--seed', 'x']]])(
    'refuses %j with exit 2 and writes nothing',
    async (words) => {
      const { code } = await hilum(root, 'phantom', 'never', ...words);
      expect(code).toBe(2);
      expect(await readdir(root)).not.toContain('never');
    },
  );
});
