import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { verificationOf } from '../../src/main/studies/verify-run/verify.ts';
import { verificationSchema } from '../../src/pipeline/domain/verification.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { hilumIn, jsonOf, makeStudy, newFolder, setParams, treeOf } from '../system/phantom-study.ts';

let folder: string;
let study: string;
let run: string;

const stateOf = (every = {}, verified: string) => ({ ...every, [verified]: 'equal' });
const allEqual = [
  'weights',
  'network',
  'onnx',
  'contract',
  'golden',
  'calibration',
  'gate',
  'trust',
  'card',
  'epochs',
].reduce(stateOf, {});

async function verified(of: string, id = run) {
  const { code, stdout, stderr } = await hilumIn(of, 'repro', '--verify', id, '--json');
  if (code !== 0 && code !== 4) throw new Error(stderr);
  const value = verificationSchema.parse(JSON.parse(stdout));
  return { code, value, states: Object.fromEntries(value.items.map(({ item, state }) => [item, state])) };
}

async function copied(name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(study, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function inRecords(of: string, sql: string): void {
  const db = new Database(join(of, '.hilum', 'hilum.db'));
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

/** All that a verification must leave as it is. */
const lasting = (of: string): Promise<string[]> => treeOf(of, /^\.hilum\/(hilum\.db|backups|cache|lock|tmp$)/);

describe.skipIf(!hasTensorflow)('repro --verify', () => {
  beforeAll(async () => {
    buildHilum();
    folder = newFolder('verify');
    study = await makeStudy(folder, { scans: 4, slices: 4, epochs: 3 });
    await jsonOf(study, 'repro');
    const { runs } = await jsonOf(study, 'runs', 'list', '--kind', 'train');
    run = String(Array.isArray(runs) ? runs[0]?.id : '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('trains the run again, finds every byte equal, and leaves the study and its test set alone', async () => {
    const before = await lasting(study);
    const looks = await jsonOf(study, 'audit', 'looks');
    const { code, value, states } = await verified(study, run.slice(0, 6));
    expect(code).toBe(0);
    expect(value).toMatchObject({ run, equal: true, environment: [] });
    expect(states).toEqual({ ...allEqual, metrics: 'not-compared' });
    expect(await lasting(study)).toEqual(before);
    expect(await jsonOf(study, 'audit', 'looks')).toEqual(looks);
    expect((await jsonOf(study, 'status')).stages).toSatisfy((stages: { change: unknown }[]) =>
      stages.every((each) => each.change === null),
    );
    const records = openRecords(join(study, '.hilum', 'hilum.db'));
    try {
      expect(verificationOf({ records }, run)?.value).toEqual(value);
    } finally {
      records.close();
    }
  });

  it('works from what was recorded, not from what the workspace is by now', async () => {
    const copy = await copied('moved-on');
    await setParams(copy, { epochs: '9', dropout: '0.5', test: '0.3', size: '64' });
    for (const stage of ['split', 'prepare']) await jsonOf(copy, stage);
    const manifest = join(copy, 'artifacts', 'dataset', 'manifest.csv');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(/,Cyst,/, ',Stone,'));
    const { code, states } = await verified(copy);
    expect([code, states]).toEqual([0, { ...allEqual, metrics: 'not-compared' }]);
  });

  it('says what differs when it is another training, and ends with 4', async () => {
    const copy = await copied('other-seed');
    inRecords(copy, `UPDATE runs SET params = json_set(params, '$.seed', 8) WHERE id = '${run}'`);
    inRecords(copy, `UPDATE runs SET environment = json_set(environment, '$.cpu_flags', 'sse4_1') WHERE id = '${run}'`);
    // The split of another seed is another one: the recorded one is put back.
    const { code, value, states } = await verified(copy);
    expect(code).toBe(4);
    expect(value.equal).toBe(false);
    expect(states).toMatchObject({ weights: 'different', epochs: 'different', contract: 'equal' });
    expect(value.items.find(({ item }) => item === 'epochs')?.what).toMatch(
      /^\w+ in epoch 1: [\d.]+ then, [\d.]+ now$/,
    );
    expect(value.environment).toEqual([{ key: 'cpu_flags', recorded: 'sse4_1', now: expect.any(String) }]);
    const said = await hilumIn(copy, 'repro', '--verify', run);
    expect(said.stdout).toMatch(/Weights +DIFFERENT/);
    expect(said.stdout).toContain('it is DIFFERENT');
    expect(said.stdout).toMatch(/cpu_flags +sse4_1 /);
  });

  it('names the input that is not there any more, and where it comes from', async () => {
    const copy = await copied('lost');
    await rm(join(copy, '.dvc', 'cache'), { recursive: true });
    const manifest = join(copy, 'artifacts', 'dataset', 'manifest.csv');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(/,Cyst,/, ',Stone,'));
    const { code, stderr } = await hilumIn(copy, 'repro', '--verify', run);
    expect(code).toBe(4);
    expect(stderr).toMatch(/The dataset that run \w+ was trained on is not here any more .*`hilum data checkout 1`/);
    expect(stderr).toContain('verify/missing-input');
    const none = await hilumIn(copy, 'repro', '--verify', 'zzzz');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('run/unknown')]);
  });

  it('compares the metrics too where that opens no test set', async () => {
    const copy = await copied('folds');
    await setParams(copy, { strategy: 'k-fold', folds: '2' });
    await jsonOf(copy, 'repro');
    const { runs } = await jsonOf(copy, 'runs', 'list', '--kind', 'train');
    const crossed = String(Array.isArray(runs) ? runs[0]?.id : '');
    expect(crossed).not.toBe(run);
    const { code, states } = await verified(copy, crossed);
    expect([code, states]).toEqual([0, { ...allEqual, metrics: 'equal' }]);
  });
});
