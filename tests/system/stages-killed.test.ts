import { watch } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHasher } from '../../src/main/workspace/hashes.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { buildHilum, hilum, type Running, startHilum } from '../helpers/hilum.ts';
import { hilumIn, makeStudy, newFolder, setParams } from './phantom-study.ts';

const outs = [
  'dataset',
  'split.csv',
  'base-model',
  'model',
  'out-of-fold.csv',
  'training.json',
  'plots',
  'metrics.json',
];
let folder: string;
let study: string;

beforeAll(async () => {
  buildHilum();
  folder = newFolder('killed-stages');
  study = await makeStudy(folder, { slices: 3, epochs: 2 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function contents(): Promise<Record<string, string>> {
  const hasher = await openHasher(join(folder, 'md5.json'));
  const found = await Promise.all(outs.map((name) => hasher.hash(join(study, 'artifacts', name))));
  return Object.fromEntries(outs.map((name, index) => [name, found[index]?.md5 ?? 'nothing']));
}

/** Kills a stage as soon as the output it writes aside shows; resolves when it is gone. */
async function killWhileWriting(running: Running, output: string): Promise<boolean> {
  const watcher = watch(join(study, 'artifacts'));
  let seen = false;
  watcher.on('change', (_event, name) => {
    if (!String(name).startsWith(`.${output}.`)) return;
    seen = true;
    running.killGroup();
  });
  await running.ended;
  watcher.close();
  return seen;
}

const edits: readonly (readonly [stage: string, output: string, edit: () => Promise<void>])[] = [
  ['ingest', 'dataset', () => removeOneImage()],
  ['prepare', 'base-model', () => setParams(study, { size: '64' })],
  ['train', 'model', () => setParams(study, { epochs: '3' })],
  ['evaluate', 'plots', () => setParams(study, { resamples: '300' })],
];

async function removeOneImage(): Promise<void> {
  const files = await readdir(join(folder, 'images'), { recursive: true, withFileTypes: true });
  const image = files.find((each) => each.isFile());
  if (image !== undefined) await rm(join(image.parentPath, image.name));
}

describe.skipIf(!hasTensorflow)('a stage that is killed while it writes', () => {
  it.each(edits)(
    '%s leaves every output whole: the old one, or the new one',
    { timeout: 120_000 },
    async (stage, output, edit) => {
      expect(await hilumIn(study, 'repro')).toMatchObject({ code: 0 });
      const before = await contents();
      const lock = await readFile(join(study, 'dvc.lock'), 'utf8');
      await edit();
      expect(await killWhileWriting(startHilum(study, [stage]), output)).toBe(true);
      const after = await contents();
      expect(await readFile(join(study, 'dvc.lock'), 'utf8')).toBe(lock);
      expect(await hilumIn(study, 'repro')).toMatchObject({ code: 0 });
      const complete = await contents();
      expect(complete).not.toEqual(before);
      for (const name of outs) expect([before[name], complete[name]]).toContain(after[name]);
      const leftovers = (await readdir(join(study, 'artifacts'))).filter((name) => name.startsWith('.'));
      expect(leftovers).toEqual([]);
    },
  );

  it('while a stage runs, status, dag and runs list answer', { timeout: 120_000 }, async () => {
    await setParams(study, { epochs: '4000' });
    const running = startHilum(study, ['train']);
    await new Promise<void>((resolve) => {
      running.child.stderr?.on('data', (piece: Buffer) => {
        if (piece.toString().includes('Training')) resolve();
      });
    });
    for (const words of [['status'], ['dag'], ['runs', 'list']]) {
      expect(await hilum(study, ...words)).toMatchObject({ code: 0 });
    }
    expect(await hilum(study, 'train')).toMatchObject({ code: 75 });
    running.killGroup();
    await running.ended;
  });
});
