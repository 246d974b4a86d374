import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRecords } from '../../src/main/records/index.ts';
import { type Measurement, sweepJournal } from '../../src/main/studies/sweep/journal.ts';
import { type CliRun, hasTensorflow, hilum, readJson, textOf, treeState } from '../helpers/cli.ts';
import { startHilum } from '../helpers/hilum.ts';

const params = `# the study of a test
image:
  size: 64
backbone:
  features: [block3]
training:
  epochs: 9 # short
  learning_rate: 0.001
  early_stopping: { patience: 0 }
evaluation:
  resamples: 100
`;

const definition = `name: rates
search:
  training:
    learning_rate: [0.0003, 0.003, 0.03]
  head:
    hidden: [0, 16, 32]
`;

const estimate = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
const sweepSchema = z.object({
  id: z.string(),
  name: z.string(),
  protocol: z.string(),
  finished: z.boolean(),
  winner: z.int().nullable(),
  applied: z.boolean(),
  honesty: z.string(),
  rungs: z.array(z.object({ share: z.number(), candidates: z.int() })),
  candidates: z.array(
    z.object({
      candidate: z.int(),
      run: z.string().nullable(),
      changes: z.record(z.string(), z.unknown()),
      state: z.string(),
      epochs: z.int(),
      balanced_accuracy: estimate.nullable(),
      log_loss: estimate.nullable(),
    }),
  ),
});
const sweepOf = (text: string) => sweepSchema.parse(readJson(text));

describe.skipIf(!hasTensorflow)('hilum sweep', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-sweep-'));
  const study = join(folder, 'study');
  const runIn = (cwd: string, ...words: string[]) => hilum(words, { cwd });
  const run = (...words: string[]) => runIn(study, ...words);
  /** The same workspace before any sweep. */
  const fresh = (name: string): string => {
    const copy = join(folder, name);
    cpSync(join(folder, 'split'), copy, { recursive: true });
    return copy;
  };

  beforeAll(async () => {
    const images = join(folder, 'images');
    await hilum(['phantom', images, '--scans', '6', '--slices', '3', '--size', '64']);
    await hilum(['init', study, '--source', images, '--description', 'synthetic images of a test']);
    writeFileSync(join(study, 'params.yaml'), params);
    writeFileSync(join(study, 'sweep.yaml'), definition);
    for (const stage of ['ingest', 'split']) expect((await run(stage)).code).toBe(0);
    cpSync(study, join(folder, 'split'), { recursive: true });
    return () => rmSync(folder, { recursive: true, force: true });
  });

  describe('of a file', () => {
    let found: z.infer<typeof sweepSchema>;
    let artifactsBefore: Record<string, string>;

    beforeAll(async () => {
      artifactsBefore = treeState(join(study, 'artifacts'));
      const ended = await run('sweep', '--json');
      expect(ended.code, ended.stderr).toBe(0);
      found = sweepOf(ended.stdout);
    });

    it('trains every combination to the first rung, a third of them further, and one to the end', () => {
      expect(found).toMatchObject({ name: 'rates', protocol: 'holdout', finished: true, applied: false });
      expect(found.candidates.map(({ epochs }) => epochs)).toEqual([9, 3, 3, 1, 1, 1, 1, 1, 1]);
      expect(found.candidates.map(({ state }) => state)).toEqual([
        'trained to the end',
        ...Array.from({ length: 8 }, () => 'stopped early'),
      ]);
      expect(found.winner).toBe(found.candidates[0]?.candidate);
    });

    it('says that the winner of so many is optimistic', () => {
      expect(found.honesty).toContain('The winner of 9 candidates is chosen on the validation groups');
    });

    it('touches nothing in artifacts/, dvc.lock or params.yaml, and leaves no folder behind', () => {
      expect(treeState(join(study, 'artifacts'))).toEqual(artifactsBefore);
      expect(textOf(join(study, 'params.yaml'))).toBe(params);
      expect(readdirSync(join(study, '.hilum', 'sweeps'))).toEqual([]);
    });

    it('records runs with their sweep, curves and tags, all on one split; losers keep no checkpoint', () => {
      const records = openRecords(join(study, '.hilum', 'hilum.db'));
      try {
        const runs = records.runs.list({ kind: 'train' });
        expect(runs.every(({ parent }) => parent === found.id)).toBe(true);
        expect(new Set(runs.map(({ splitHash }) => splitHash)).size).toBe(1);
        expect(new Set(runs.map(({ params: { seed } }) => seed)).size).toBe(1);
        for (const candidate of found.candidates) {
          const id = candidate.run ?? '';
          expect(records.runs.get(id).name).toBe(`rates #${candidate.candidate}`);
          expect(records.epochs.list(id).map(({ metrics }) => metrics.epoch)).toEqual(
            Array.from({ length: candidate.epochs }, (_, i) => i + 1),
          );
          const isLoser = candidate.state === 'stopped early';
          expect(records.runTags.of(id)).toEqual(isLoser ? ['stopped early'] : []);
          expect(records.runs.get(id).outcome).toBe(isLoser ? 'cancelled' : 'completed');
          expect(existsSync(join(study, '.hilum', 'runs', id, 'checkpoints'))).toBe(!isLoser);
        }
        const [whole] = records.findings.list({ kind: 'sweep', subject: found.id, limit: 1 });
        expect(whole?.result).toMatchObject({ finished: true, winner: found.winner });
        expect(whole?.settings).toHaveProperty('definition.search.training.learning_rate', [0.0003, 0.003, 0.03]);
      } finally {
        records.close();
      }
    });

    it('runs list --sweep shows its runs, by name or the beginning of its id', async () => {
      await run('prepare');
      await run('train', '--name', 'another');
      const listed = z.object({ runs: z.array(z.object({ name: z.string(), parent: z.string().nullable() })) });
      for (const written of ['rates', found.id.slice(0, 6)]) {
        const { runs } = listed.parse(readJson((await run('runs', 'list', '--sweep', written, '--json')).stdout));
        expect(runs.length).toBe(9);
        expect(runs.every(({ parent }) => parent === found.id)).toBe(true);
      }
      const unknown = await run('runs', 'list', '--sweep', 'nothing');
      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toContain('finding/unknown');
    });

    it('trained on from rung to rung, the winner has the weights of one unbroken training', async () => {
      const shown = await run('sweep', '--resume', 'rates', '--apply', '--json');
      expect(shown.code, shown.stderr).toBe(0);
      expect(sweepOf(shown.stdout)).toEqual({ ...found, applied: true });
      const changes = found.candidates[0]?.changes ?? {};
      const written = textOf(join(study, 'params.yaml'));
      expect(written).toContain(`learning_rate: ${String(changes['training.learning_rate'])}`);
      expect(written).toContain('# the study of a test');
      expect(written).toContain('epochs: 9 # short');
      expect((await run('repro')).code).toBe(0);
      const { seal } = z
        .object({ seal: z.string() })
        .parse(readJson(textOf(join(study, '.hilum', 'runs', found.candidates[0]?.run ?? '', 'model.json'))));
      for (const name of ['weights.bin', 'model.onnx'])
        expect(textOf(join(study, '.hilum', 'models', seal, name))).toBe(
          textOf(join(study, 'artifacts', 'model', name)),
        );
    });
  });

  it('[F1] killed in the midst and resumed, ends as the unbroken one; what was measured is not trained again', async () => {
    const workspace = fresh('killed');
    const running = startHilum(workspace, ['sweep']);
    let over = false;
    void running.ended.then(() => {
      over = true;
    });
    while (!over && measuredIn(workspace).length < 4) await nextTurn();
    running.killGroup();
    expect((await running.ended).code).toBe(null);
    const before = measuredIn(workspace);
    const timesBefore = epochTimes(workspace, before);
    const resumed = await runIn(workspace, 'sweep', '--resume', 'rates', '--json');
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(measuredIn(workspace).slice(0, before.length)).toEqual(before);
    expect(epochTimes(workspace, before)).toEqual(timesBefore);

    const unbroken = fresh('unbroken');
    const whole = sweepOf((await runIn(unbroken, 'sweep', '--json')).stdout);
    const figures = ({ candidates }: z.infer<typeof sweepSchema>) => candidates.map(({ run: _run, ...each }) => each);
    expect(figures(sweepOf(resumed.stdout))).toEqual(figures(whole));
    expect(new Set(measuredIn(workspace).map(({ run: id }) => id)).size).toBe(9);
  });

  it('Ctrl-C is an outcome: it says how to go on, and the workspace is as before', async () => {
    const workspace = fresh('cancelled');
    const ended = await interrupted(workspace, 'sweep');
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/hilum sweep --resume [0-9a-f]{12}/);
    // The newest run is a candidate: `train --resume` is about other runs.
    const train = await runIn(workspace, 'train', '--resume');
    expect(train.stderr).toContain('training/no-checkpoint');
    expect((await runIn(workspace, 'sweep', '--resume', 'rates')).code).toBe(0);
  });

  it('searches what the base model is made of, out of fold, and goes on past a candidate that cannot be', async () => {
    const workspace = fresh('folds');
    writeFileSync(join(workspace, 'params.yaml'), `${params}split:\n  strategy: k-fold\n  folds: 3\n`);
    const words = ['--grid', 'backbone.features=[block3],[block1, block3],[block99]', '--eta', '1', '--name', 'levels'];
    const ended = await runIn(workspace, 'sweep', ...words, '--objective', 'validation_loss', '--json');
    expect(ended.code, ended.stderr).toBe(0);
    const found = sweepOf(ended.stdout);
    expect(found).toMatchObject({ protocol: 'cross-validated', finished: true, rungs: [{ share: 1, candidates: 3 }] });
    expect(found.candidates.map(({ state }) => state)).toEqual(['trained to the end', 'trained to the end', 'failed']);
    const losses = found.candidates.map(({ log_loss }) => log_loss?.value ?? null);
    expect(losses[0]).toBeLessThanOrEqual(losses[1] ?? 0);
    expect(losses[2]).toBe(null);
    expect(found.honesty).toContain('out-of-fold');
  });

  it('draws at random within a range', async () => {
    const workspace = fresh('random');
    const words = ['--random', '3', '--range', 'training.l2=log:0.0001..0.1', '--seed', '5'];
    const ended = await runIn(workspace, 'sweep', ...words, '--json');
    expect(ended.code, ended.stderr).toBe(0);
    const values = sweepOf(ended.stdout).candidates.map(({ changes }) => Number(changes['training.l2']));
    expect(new Set(values).size).toBe(3);
    for (const value of values) expect(value >= 0.0001 && value <= 0.1).toBe(true);
  });

  it.each([
    [['--grid', 'training.learnin_rate=0.1'], 'config/unknown-key', 'search.training.learning_rate'],
    [['--grid', 'head.dropout=7'], 'config/bad-value', 'at most 0.9'],
    [['--grid', 'split.folds=3,5'], 'config/bad-value', 'cannot be searched'],
    [['--grid', 'training.l2'], 'usage/bad-option', 'KEY=VALUES'],
    [['--range', 'training.l2=0.1..1'], 'config/bad-value', 'random'],
    [['--range', 'training.l2=few', '--random', '3'], 'usage/bad-option', 'LOW..HIGH'],
    [['--seed', '3', '--grid', 'seed=1,2'], 'usage/bad-option', '--random'],
    [['sweep.yaml', '--grid', 'seed=1,2'], 'usage/bad-option', 'leave the other options out'],
    [['--resume', 'rates', '--grid', 'seed=1,2'], 'usage/bad-option', '--resume'],
    [['--resume', 'never'], 'finding/unknown', 'never'],
    [['absent.yaml'], 'config/missing', 'absent.yaml'],
  ])('%j is refused: %s', async (words, code, text) => {
    const { code: exit, stderr } = await runIn(join(folder, 'split'), 'sweep', ...words);
    expect(exit).toBe(2);
    expect(stderr).toContain(code);
    expect(stderr).toContain(text);
  });

  it('without values or a file says how to give them', async () => {
    const workspace = fresh('nothing');
    rmSync(join(workspace, 'sweep.yaml'), { force: true });
    const { code, stderr } = await runIn(workspace, 'sweep');
    expect(code).toBe(2);
    expect(stderr).toContain('--grid');
  });

  it('a mistake in sweep.yaml is named with its line and the nearest key', async () => {
    const workspace = fresh('mistake');
    writeFileSync(join(workspace, 'sweep.yaml'), definition.replace('hidden:', 'hiden:'));
    const { code, stderr } = await runIn(workspace, 'sweep');
    expect(code).toBe(2);
    expect(stderr).toContain('sweep.yaml, line 6');
    expect(stderr).toContain('"search.head.hidden"');
  });

  it('without validation groups there is nothing to compare by', async () => {
    const workspace = fresh('unwatched');
    writeFileSync(join(workspace, 'params.yaml'), `${params}split:\n  validation: 0\n`);
    const { code, stderr } = await runIn(workspace, 'sweep');
    expect(code).toBe(2);
    expect(stderr).toContain('sweep/no-validation');
  });

  it('does not go on with another split', async () => {
    const workspace = fresh('resplit');
    const words = ['--grid', 'head.hidden=0,16', '--name', 'early'];
    expect((await interrupted(workspace, 'sweep', ...words)).code).toBe(130);
    writeFileSync(join(workspace, 'params.yaml'), `${params}seed: 99\n`);
    expect((await runIn(workspace, 'split')).code).toBe(0);
    const { code, stderr } = await runIn(workspace, 'sweep', '--resume', 'early');
    expect(code).toBe(2);
    expect(stderr).toContain('sweep/changed');
  });
});

/** Ctrl-C, once, while the first candidate is in work. */
function interrupted(cwd: string, ...words: string[]): Promise<CliRun> {
  let pressed = false;
  return hilum(words, {
    cwd,
    onStderr: (text, kill) => {
      if (pressed || !text.includes('(rung 1 of ')) return;
      pressed = true;
      kill('SIGINT');
    },
  });
}

/** What a sweep has measured so far, read beside the process that writes it. */
function measuredIn(workspace: string): readonly Measurement[] {
  try {
    const records = openRecords(join(workspace, '.hilum', 'hilum.db'));
    try {
      const journal = sweepJournal(records);
      const [newest] = journal.list();
      return newest === undefined ? [] : journal.read(newest.id).measurements;
    } finally {
      records.close();
    }
  } catch {
    // Not there yet, or busy for a moment.
    return [];
  }
}

/** When each epoch of the measured runs was trained: an epoch that is trained again takes another time. */
function epochTimes(workspace: string, measurements: readonly Measurement[]): unknown {
  const records = openRecords(join(workspace, '.hilum', 'hilum.db'));
  try {
    return measurements.map(({ run, epochs }) =>
      records.epochs.list(run).flatMap(({ metrics }) => (metrics.epoch <= epochs ? [metrics.elapsed_ms] : [])),
    );
  } finally {
    records.close();
  }
}
