import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { buildHilum, startHilum } from '../helpers/hilum.ts';
import { hilumIn, jsonOf, makeStudy, newFolder } from './phantom-study.ts';

const epochs = 40;
let folder: string;
/** Prepared, not trained. */
let study: string;

beforeAll(async () => {
  buildHilum();
  folder = newFolder('kill');
  study = await makeStudy(folder, { epochs });
  for (const stage of ['ingest', 'split', 'prepare']) await jsonOf(study, stage);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function trainedUnbroken(): Promise<string> {
  const unbroken = join(folder, 'unbroken');
  await cp(study, unbroken, { recursive: true });
  await jsonOf(unbroken, 'train');
  return unbroken;
}

/** Newest epoch in the records, read beside the process that writes them. 0 while there are none. */
function newestEpoch(workspace: string): number {
  let db: Database.Database | undefined;
  try {
    db = new Database(join(workspace, '.hilum/hilum.db'), { readonly: true });
    return Number(db.prepare('SELECT coalesce(max(epoch), 0) FROM epochs').pluck().get());
  } catch {
    // Not there yet, or busy for a moment.
    return 0;
  } finally {
    db?.close();
  }
}

async function newestCheckpoint(workspace: string): Promise<number> {
  const names = await readdir(join(workspace, '.hilum/runs'), { recursive: true }).catch(() => []);
  return Math.max(0, ...names.map((name) => Number(/epoch-(\d+)$/.exec(name)?.[1] ?? 0)));
}

async function isSealing(workspace: string): Promise<boolean> {
  const names = await readdir(join(workspace, 'artifacts'));
  return names.some((name) => /^\.model\..*\.tmp$/.test(name));
}

/** Trains until `reached` says so and ends the whole process group with SIGKILL. */
async function trainAndKill(
  workspace: string,
  words: readonly string[],
  reached: () => Promise<boolean>,
): Promise<void> {
  const running = startHilum(workspace, ['train', ...words]);
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  while (!over && !(await reached())) await nextTurn();
  running.killGroup();
  const { code, stderr } = await running.ended;
  if (code !== null) throw new Error(`train ended with ${code} before it was killed: ${stderr}`);
}

describe('[F1] train, killed with SIGKILL', () => {
  it('in an epoch, between epochs and while sealing, then resumed: the bytes and epochs of the unbroken run', async () => {
    const unbroken = await trainedUnbroken();
    await trainAndKill(study, [], async () => newestEpoch(study) >= 3);
    await trainAndKill(study, ['--resume'], async () => (await newestCheckpoint(study)) >= 20);
    await trainAndKill(study, ['--resume'], () => isSealing(study));
    expect((await hilumIn(study, 'train', '--resume')).code).toBe(0);

    for (const name of ['weights.bin', 'model.onnx', 'contract.json', 'golden.json']) {
      const [killed, whole] = await Promise.all(
        [study, unbroken].map((workspace) => readFile(join(workspace, 'artifacts/model', name))),
      );
      expect(killed, name).toEqual(whole);
    }
    expect((await hilumIn(study, 'models', 'verify', 'artifacts/model')).code).toBe(0);
    expect(figuresOf(study)).toEqual(figuresOf(unbroken));
    // What the killed writers left beside the model is gone.
    expect(await isSealing(study)).toBe(false);
  });

  it('has nothing to resume when the run is complete, and says so', async () => {
    const { code, stderr } = await hilumIn(study, 'train', '--resume');
    expect(code).toBe(2);
    expect(stderr).toContain('training/no-checkpoint');
  });
});

/** Every recorded epoch of the one training with its figures, time left out. */
function figuresOf(workspace: string): object[] {
  const records = openRecords(join(workspace, '.hilum/hilum.db'));
  try {
    const runs = records.runs.list({ kind: 'train' });
    expect(runs.map(({ outcome }) => outcome)).toEqual(['completed']);
    const rows = records.epochs.list(runs[0]?.id ?? '');
    expect(rows.map(({ metrics }) => metrics.epoch)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
    return rows.map(({ metrics: { elapsed_ms: _time, ...figures } }) => figures);
  } finally {
    records.close();
  }
}
