import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/main/studies/comparison.ts';
import { keptFolder, keptNames } from '../../../src/main/studies/kept.ts';
import { readRunDetails } from '../../../src/main/studies/run-details.ts';
import type { Study } from '../../../src/main/studies/study.ts';
import { openWorkspace } from '../../../src/main/workspace/open.ts';
import type { Metrics } from '../../../src/pipeline/domain/metrics.ts';
import { temporaryFolder, testRecords } from '../../helpers/records.ts';
import { addRun, type SampleRun, sampleMetrics } from '../../helpers/runs.ts';

async function study(): Promise<Study> {
  const root = temporaryFolder();
  for (const name of ['config.yaml', 'params.yaml']) writeFileSync(join(root, name), '');
  const records = testRecords(join(root, '.hilum', 'hilum.db'));
  return { workspace: await openWorkspace(root), records };
}

function keep(of: Study, run: string, name: keyof typeof keptNames, text: string): void {
  const folder = keptFolder(of.workspace.paths.state, run);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, keptNames[name]), text);
}

interface Evaluated extends SampleRun {
  readonly evaluation?: Metrics;
}

async function compared(...runs: Evaluated[]) {
  const of = await study();
  const details = [];
  for (const { evaluation, ...sample } of runs) {
    const id = addRun(of.records, sample);
    if (evaluation !== undefined) keep(of, id, 'metrics', JSON.stringify(evaluation));
    details.push(await readRunDetails(of, id));
  }
  return compareRuns(details);
}

const figures = { 'scan/auc': 0.5 };

describe('runs side by side', () => {
  it('have exactly the changed parameter as their difference', async () => {
    const params = { seed: 7, head: { dropout: 0.2 }, image: { windows: [{ center: 40 }] } };
    const { facts, warnings } = await compared(
      { run: { params }, figures },
      { run: { params: { ...params, head: { dropout: 0.4 } } }, figures },
    );
    expect(facts.filter(({ differs }) => differs)).toEqual([
      { key: 'params.head.dropout', part: 'params', values: ['0.2', '0.4'], differs: true },
    ]);
    expect(warnings).toEqual([]);
    expect(facts.map(({ key }) => key)).not.toContain('outcome');
    expect(facts.map(({ key }) => key)).toContain('code_version');
  });

  it('say null where a run has no such value, and sort each fact into its part', async () => {
    const { facts } = await compared(
      { run: { params: { a: 1 }, environment: { node: 'v24' }, datasetHash: undefined } },
      { run: { params: { b: true }, environment: { node: 'v25' }, leaky: true } },
    );
    const of = (key: string) => facts.find((fact) => fact.key === key);
    expect(of('params.a')?.values).toEqual(['1', null]);
    expect(of('params.b')?.values).toEqual([null, 'true']);
    expect(of('dataset_hash')).toEqual({
      key: 'dataset_hash',
      part: 'data',
      values: [null, 'dddddddddddd'],
      differs: true,
    });
    expect(of('leaky')?.part).toBe('split');
    expect(of('environment.node')?.part).toBe('environment');
    const parts = facts.map(({ part }) => part);
    expect([...new Set(parts)]).toEqual(['params', 'data', 'split', 'contract', 'code', 'environment']);
  });

  it('have their figures with the best one named, unless all are equal or neither way is better', async () => {
    const { figures: rows } = await compared(
      { figures: { 'scan/auc': 0.5, 'scan/log_loss': 0.3, 'slice/Renal/cyst/sensitivity': 1 }, losses: [0.4, 0.3] },
      { figures: { 'scan/auc': 0.5, 'scan/log_loss': 0.2 }, losses: [0.9] },
    );
    const of = (name: string) => rows.find((row) => row.name === name);
    expect(of('scan/auc')).toMatchObject({ level: 'scan', class: null, better: 'higher', best: null });
    expect(of('scan/log_loss')).toMatchObject({ title: 'Log loss, scans', better: 'lower', best: 1 });
    expect(of('slice/Renal/cyst/sensitivity')).toMatchObject({
      title: 'Sensitivity of Renal/cyst, slices',
      level: 'slice',
      class: 'Renal/cyst',
      values: [{ value: 1, low: null, high: null }, null],
      best: null,
    });
    expect(of('best validation_loss')).toMatchObject({
      title: 'Validation loss, best epoch',
      level: 'curve',
      best: 0,
    });
  });
});

describe('before figures are compared it is said that', () => {
  const plain: Evaluated = { figures };

  it.each<[string, Evaluated, RegExp]>([
    ['a run is leaky', { ...plain, run: { leaky: true, name: 'other' } }, /^Leaky: in "other" patients stand on both/],
    ['patients differ', { ...plain, run: { splitHash: '6'.repeat(64) } }, /measured on different patients/],
    ['datasets differ', { ...plain, run: { datasetHash: 'e'.repeat(64) } }, /The datasets differ/],
    ['a run was not evaluated', { run: { name: 'other' } }, /^Not evaluated: "other" was never measured/],
    ['one name stands for two runs', {}, /^Not evaluated: "plain" \(id-2\) was/],
  ])('%s', async (_what, other, sentence) => {
    const { warnings } = await compared(plain, other);
    expect(warnings).toEqual([expect.stringMatching(sentence)]);
  });

  it('classes differ, in whatever order they stand', async () => {
    const same = { ...plain, evaluation: sampleMetrics({ classes: ['Cyst', 'Normal'] }) };
    const turned = { ...plain, evaluation: sampleMetrics({ classes: ['Normal', 'Cyst'] }) };
    const other = { ...plain, evaluation: sampleMetrics({ classes: ['Cyst', 'Stone'] }) };
    expect((await compared(same, turned)).warnings).toEqual([]);
    expect((await compared(same, other)).warnings).toEqual([expect.stringMatching(/^The classes differ/)]);
  });

  it('cross-validation stands beside a held-out part', async () => {
    const crossed = { ...plain, run: { name: 'other' }, evaluation: sampleMetrics({ protocol: 'cross-validated' }) };
    const { warnings } = await compared({ ...plain, evaluation: sampleMetrics() }, crossed);
    expect(warnings).toEqual([expect.stringMatching(/^Cross-validation stands beside.*"other"/)]);
  });
});

describe('what is kept of a run', () => {
  it('is null where it is absent, damaged or of another kind', async () => {
    const of = await study();
    const id = addRun(of.records, {});
    expect(await readRunDetails(of, id)).toMatchObject({ evaluation: null, model: null, resumable: false });
    for (const text of ['', '{', '[]', '{"part": 3}', JSON.stringify(sampleMetrics()).slice(0, -5)]) {
      keep(of, id, 'metrics', text);
      keep(of, id, 'model', text);
      expect(await readRunDetails(of, id)).toMatchObject({ evaluation: null, model: null });
    }
    keep(of, id, 'model', JSON.stringify({ seal: 'a'.repeat(64) }));
    keep(of, id, 'metrics', JSON.stringify(sampleMetrics()));
    const details = await readRunDetails(of, id);
    expect(details.evaluation?.confusion.labels).toEqual(['Cyst', 'Normal', 'Stone']);
    expect(details.model).toBeNull();
  });
});
