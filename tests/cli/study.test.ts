import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasTensorflow, hilum, readJson, textOf } from '../helpers/cli.ts';

const changesSchema = z.object({
  stages: z.array(
    z.object({
      name: z.string(),
      change: z
        .object({ kind: z.string(), what: z.string(), old: z.string().nullable(), new: z.string().nullable() })
        .nullable(),
    }),
  ),
});

const params = 'training:\n  epochs: 2\nevaluation:\n  resamples: 100\n';

describe.skipIf(!hasTensorflow)('a whole study from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-study-'));
  const study = join(folder, 'study');
  const run = (...words: string[]) => hilum(words, { cwd: study });
  const statusOf = async () => changesSchema.parse(readJson((await run('status', '--json')).stdout)).stages;

  beforeAll(async () => {
    const images = join(folder, 'images');
    await hilum(['phantom', images, '--scans', '4', '--slices', '3', '--size', '64']);
    await hilum(['init', study, '--source', images, '--description', 'synthetic images of a test']);
    writeFileSync(join(study, 'params.yaml'), params);
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it('repro runs all stages once, in order, and then has nothing to do', async () => {
    const first = await run('repro', '--json');
    expect(first.code, first.stderr).toBe(0);
    const states = z.object({ stages: z.array(z.object({ name: z.string(), state: z.string() })) });
    expect(states.parse(readJson(first.stdout)).stages).toEqual(
      ['ingest', 'split', 'prepare', 'train', 'evaluate'].map((name) => ({ name, state: 'ran' })),
    );
    const second = await run('repro');
    expect(second.code).toBe(0);
    expect(second.stdout).toBe('Everything is up to date.\n');
    expect((await run('status')).stdout).toBe(
      'ingest: up to date\nsplit: up to date\nprepare: up to date\ntrain: up to date\nevaluate: up to date\n',
    );
  });

  it('dvc.lock is in the format of DVC', () => {
    const lock = textOf(join(study, 'dvc.lock'));
    expect(lock).toMatch(
      /^schema: '2\.0'\nstages:\n {2}ingest:\n {4}cmd: hilum ingest --allow-refused\n {4}deps:\n {4}- path: /,
    );
    expect(lock).toMatch(
      / {4}- path: artifacts\/model\n {6}hash: md5\n {6}md5: [0-9a-f]{32}\.dir\n {6}size: \d+\n {6}nfiles: 11\n/,
    );
  });

  it('status names the parameter with its old and new value', async () => {
    writeFileSync(join(study, 'params.yaml'), params.replace('epochs: 2', 'epochs: 3'));
    const stages = await statusOf();
    const epochs = { kind: 'parameter', what: 'training.epochs', old: '2', new: '3' };
    expect(stages.map(({ change }) => change)).toEqual([null, null, null, epochs, epochs]);
  });

  it('repro runs only what changed', async () => {
    const { code, stderr } = await run('repro');
    expect(code).toBe(0);
    expect(stderr).toContain('prepare: up to date');
    expect(stderr).toContain('train: parameter training.epochs: 2 → 3; running `hilum train`');
    expect((await statusOf()).every(({ change }) => change === null)).toBe(true);
  });

  it('an edited artifact is seen', async () => {
    const path = join(study, 'artifacts', 'split.csv');
    const before = textOf(path);
    writeFileSync(path, before.replace(/,train\n/, ',validation\n'));
    const [, split, , train] = await statusOf();
    expect(split?.change).toMatchObject({ kind: 'output', what: 'artifacts/split.csv' });
    expect(train?.change).toMatchObject({ kind: 'dependency', what: 'artifacts/split.csv' });
    writeFileSync(path, before);
    expect((await statusOf()).every(({ change }) => change === null)).toBe(true);
  });

  it('dag tells who feeds whom', async () => {
    const { stdout } = await run('dag');
    expect(stdout.split('\n')).toEqual([
      'ingest',
      'ingest → split',
      'ingest → prepare',
      'ingest + split + prepare → train',
      'ingest + split + train → evaluate',
      '',
    ]);
  });

  it('split --check passes on a grouped split and exits 4 on a leak', async () => {
    expect((await run('split', '--check')).code).toBe(0);
    const path = join(study, 'artifacts', 'split.csv');
    const before = textOf(path);
    let flip = false;
    const leaking = before.replace(/,(train|test)\n/g, () => {
      flip = !flip;
      return flip ? ',train\n' : ',test\n';
    });
    writeFileSync(path, leaking);
    const { code, stdout } = await run('split', '--check');
    expect(code).toBe(4);
    expect(stdout).toContain('LEAK');
    const refused = await run('train');
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('split/leak-refused');
    writeFileSync(path, before);
  });

  it('Ctrl-C ends training with 130, frees the workspace, and the run is recorded as cancelled', async () => {
    writeFileSync(join(study, 'params.yaml'), `${params.replace('epochs: 2', 'epochs: 10000')}`);
    let sent = false;
    const stopped = await hilum(['train'], {
      cwd: study,
      onStderr: (text, kill) => {
        if (sent || !text.includes('%')) return;
        sent = true;
        kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('cancelled/by-user');
    writeFileSync(join(study, 'params.yaml'), params);
    expect((await run('train')).code).toBe(0);
  });
});
