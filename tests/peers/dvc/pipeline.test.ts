import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { md5 } from '../../../src/main/workspace/hashes.ts';
import { hasTensorflow } from '../../helpers/cli.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { makeFolder } from './folders.ts';
import { dvc, hasDvc, hilum, type Ran } from './peer.ts';

const canRun = hasDvc('DVC pipeline') && hasTensorflow;

describe.runIf(canRun)('a study is a DVC project', () => {
  const home = makeFolder('hilum-dvc-');
  const study = join(home, 'study');
  const ours = (...words: string[]): Promise<Ran> => hilum(study, home, ...words);
  const theirs = (...words: string[]): Promise<Ran> => dvc(study, home, ...words);
  const path = (name: string): string => join(study, name);

  beforeAll(async () => {
    buildHilum();
    await hilum(home, home, 'phantom', 'images', '--scans', '4', '--size', '64', '--slices', '3');
    execFileSync('git', ['init', '-q', study]);
    expect(await hilum(home, home, 'init', 'study', '--source', 'images')).toMatchObject({ code: 0 });
    edit('params.yaml', (text) =>
      text.replace('size: 224', 'size: 64').replace('epochs: 30', 'epochs: 3').replace('10000', '200'),
    );
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** Stages that each program says have a change of their own, sorted. */
  async function named(): Promise<{ ours: string[]; theirs: string[] }> {
    const said = statusSchema.parse(JSON.parse((await ours('status', '--json')).stdout)).stages;
    const own = said.filter(({ change }) => change !== null && change.kind !== 'upstream').map(({ name }) => name);
    const other = Object.keys(JSON.parse((await theirs('status', '--json')).stdout));
    return { ours: own.sort(), theirs: other.sort() };
  }

  function edit(name: string, change: (text: string) => string): void {
    writeFileSync(path(name), change(readFileSync(path(name), 'utf8')));
  }

  /** Changes a file, asks both programs, and puts it back. */
  async function namedAfter(name: string, change: (text: string) => string) {
    const before = readFileSync(path(name), 'latin1');
    edit(name, change);
    const said = await named();
    writeFileSync(path(name), before, 'latin1');
    return said;
  }

  it('a new one, before any stage ran: both name every stage', async () => {
    const said = await named();
    expect(said.theirs).toEqual(['evaluate', 'ingest', 'prepare', 'split', 'train']);
    expect(said.ours).toEqual(said.theirs);
  });

  it('what `hilum repro` made is up to date for DVC, and dvc.lock is what DVC would write', async () => {
    expect(await ours('repro')).toMatchObject({ code: 0 });
    expect((await theirs('status')).stdout).toContain('Data and pipelines are up to date.');
    const lock = readFileSync(path('dvc.lock'), 'utf8');
    expect(await theirs('commit', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(path('dvc.lock'), 'utf8')).toBe(lock);
    const repeated = await theirs('repro');
    expect(repeated.stdout).toContain('Data and pipelines are up to date.');
    expect(repeated.stdout).not.toContain('Running stage');
  });

  it('made again, the outputs are the same bytes', async () => {
    const lock = readFileSync(path('dvc.lock'), 'utf8');
    expect(await ours('repro', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(path('dvc.lock'), 'utf8')).toBe(lock);
    expect((await theirs('status', '-q')).code).toBe(0);
  });

  it('both name the same stages for every kind of change', async () => {
    const all = ['evaluate', 'split', 'train'];
    const seed = await namedAfter('params.yaml', (text) => text.replace('seed: 7', 'seed: 8'));
    expect(seed).toEqual({ ours: all, theirs: all });
    const cmd = await namedAfter('dvc.yaml', (text) =>
      text.replace('cmd: hilum split', 'cmd: hilum split '.concat('-w .')),
    );
    expect(cmd).toEqual({ ours: ['split'], theirs: ['split'] });
    const raw = join(
      '..',
      'images',
      readdirSync(join(home, 'images'), { recursive: true, encoding: 'utf8' }).find(isFile) ?? '',
    );
    const rawFile = await namedAfter(raw, (text) => `${text}more`);
    expect(rawFile).toEqual({ ours: ['ingest'], theirs: ['ingest'] });
    const out = await namedAfter('artifacts/split.csv', (text) => `${text}\n`);
    expect(out).toEqual({ ours: all, theirs: all });
    const metrics = await namedAfter('artifacts/metrics.json', (text) => `${text}\n`);
    expect(metrics).toEqual({ ours: ['evaluate'], theirs: ['evaluate'] });
    const version = await namedAfter('dvc.lock', (text) => text.replace('stages.prepare: 1', 'stages.prepare: 0'));
    expect(version).toEqual({ ours: ['prepare'], theirs: ['prepare'] });
    expect(await named()).toEqual({ ours: [], theirs: [] });
  });

  it('edited epochs: both name train and evaluate; DVC runs them through `hilum`, and both are content', async () => {
    execFileSync('git', ['-C', study, 'add', '-A']);
    execFileSync('git', ['-C', study, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'one']);
    edit('params.yaml', (text) => text.replace('epochs: 3', 'epochs: 4'));
    expect(await named()).toEqual({ ours: ['evaluate', 'train'], theirs: ['evaluate', 'train'] });
    expect((await ours('status')).stdout).toContain('train: parameter training.epochs: 3 → 4');
    const params = await theirs('params', 'diff', '--json');
    expect(JSON.parse(params.stdout)).toMatchObject({ 'params.yaml': { 'training.epochs': { old: 3, new: 4 } } });
    const made = await theirs('repro');
    expect(made.stdout.match(/Running stage '\w+'/g)).toEqual(["Running stage 'train'", "Running stage 'evaluate'"]);
    expect(made.code).toBe(0);
    expect(await named()).toEqual({ ours: [], theirs: [] });
    const lock = readFileSync(path('dvc.lock'), 'utf8');
    expect(await ours('repro', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(path('dvc.lock'), 'utf8')).toBe(lock);
  });

  it('deleted outputs come back the same, whoever is asked; a bad object only from DVC', async () => {
    const before = contents();
    const lose = (): void => {
      for (const name of ['artifacts/model', 'artifacts/split.csv', 'artifacts/plots']) {
        rmSync(path(name), { recursive: true });
      }
    };
    lose();
    expect(await named()).toEqual({ ours: ['evaluate', 'split', 'train'], theirs: ['evaluate', 'split', 'train'] });
    expect(await theirs('checkout')).toMatchObject({ code: 0 });
    expect(contents()).toEqual(before);
    lose();
    expect(await ours('checkout')).toMatchObject({ code: 0 });
    expect(contents()).toEqual(before);
    expect(await named()).toEqual({ ours: [], theirs: [] });

    const oid = md5(readFileSync(path('artifacts/split.csv')));
    const object = path(`.dvc/cache/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`);
    rmSync(object);
    writeFileSync(object, 'image,part\n', { mode: 0o444 });
    rmSync(path('artifacts/split.csv'));
    const refused = await ours('checkout');
    expect(refused).toMatchObject({ code: 4, stdout: expect.stringContaining(oid) });
    // Running the stage puts a sound object in its place.
    expect(await ours('repro')).toMatchObject({ code: 0 });
    expect(contents()).toEqual(before);
    expect(md5(readFileSync(object))).toBe(oid);
  });

  it('an output that is in no cache is not overwritten unasked', async () => {
    appendFileSync(path('artifacts/split.csv'), 'work of mine\n');
    expect(await ours('checkout')).toMatchObject({ code: 4, stderr: expect.stringContaining('dvc/would-overwrite') });
    expect(await ours('checkout', '--force', 'split')).toMatchObject({ code: 0 });
    expect(await named()).toEqual({ ours: [], theirs: [] });
  });

  it('DVC reads stages, metrics, plots and experiments', async () => {
    expect((await theirs('dag', '--dot')).stdout).toContain('"train" -> "evaluate"');
    const edges = z
      .object({ edges: z.array(z.unknown()) })
      .parse(JSON.parse((await ours('dag', '--json')).stdout)).edges;
    expect(edges).toHaveLength((await theirs('dag', '--dot')).stdout.match(/->/g)?.length ?? 0);
    expect((await theirs('metrics', 'show', '--json')).stdout).toContain('"balanced_accuracy"');
    expect((await theirs('plots', 'show', '--json')).stdout).toContain('confusion-scan.svg');
    expect((await theirs('exp', 'show', '--json')).stdout).toContain('artifacts/metrics.json');
  });

  function contents(): Record<string, string> {
    const files = readdirSync(path('artifacts'), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    // The report tells how often the test part was opened, and is no output.
    const tracked = files
      .filter(({ name }) => name !== 'report.html')
      .map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(tracked.sort().map((each) => [each, md5(readFileSync(each))]));
  }
});

const statusSchema = z.object({
  stages: z.array(z.object({ name: z.string(), change: z.object({ kind: z.string() }).nullable() })),
});

function isFile(name: string): boolean {
  return /\.\w+$/.test(name);
}
