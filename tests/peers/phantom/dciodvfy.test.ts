import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePhantom } from '../../../src/pipeline/phantom/index.ts';

const installed = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!installed) console.warn('SKIPPED: dciodvfy (package dicom3tools) is not installed');

describe.skipIf(!installed)('DICOM files against the dciodvfy checker', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hilum-dciodvfy-'));
    await writePhantom(join(folder, 'ct'), { scans: 2, slices: 2, seed: 1, size: 64, formats: 'dicom' });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('finds no error in CT image objects', async () => {
    const names = await readdir(join(folder, 'ct', 'Stone'));
    expect(names).toHaveLength(4);
    for (const name of names) {
      const { stderr, stdout } = spawnSync('dciodvfy', [join(folder, 'ct', 'Stone', name)], { encoding: 'utf8' });
      const lines = `${stdout}${stderr}`.split('\n');
      expect(lines.filter((line) => line.startsWith('Error'))).toEqual([]);
      expect(lines).toContain('CTImage');
    }
  });
});
