import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockWorkspace } from '../../src/main/workspace/lock.ts';
import { hilum, treeState } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/records.ts';

it.each([['ingest'], ['split'], ['prepare'], ['train'], ['evaluate'], ['repro']])(
  '[A12] %s while another process writes in the workspace: exit 75, a sentence, not one byte written',
  async (command) => {
    const study = join(temporaryFolder(), 'study');
    await hilum(['init', study, '--source', 'images']);
    const lock = lockWorkspace(study);
    try {
      const before = treeState(study);
      const { code, stdout, stderr } = await hilum([command], { cwd: study });
      expect(code).toBe(75);
      expect(stdout).toBe('');
      expect(stderr).toContain('workspace/busy');
      expect(treeState(study)).toEqual(before);
    } finally {
      lock.release();
    }
  },
);

it('[A12] two at once: exactly one works, the other ends with 75', async () => {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  await hilum(['phantom', join(folder, 'images'), '--scans', '4', '--slices', '6', '--size', '128']);
  await hilum(['init', study, '--source', join(folder, 'images')]);
  const runs = await Promise.all(Array.from({ length: 4 }, () => hilum(['ingest'], { cwd: study })));
  const codes = runs.map((run) => run.code);
  expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(1);
  expect(codes.every((code) => code === 0 || code === 75)).toBe(true);
});
