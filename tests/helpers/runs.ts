import type { Records } from '../../src/main/records/index.ts';
import type { NewRun } from '../../src/main/records/runs.ts';
import type { Metrics } from '../../src/pipeline/domain/metrics.ts';
import { computeMetrics } from '../../src/pipeline/metrics/index.ts';
import { randomPredictions } from '../pipeline/metrics/predictions.ts';
import { epochRow } from './records.ts';

const trained: NewRun = {
  kind: 'train',
  name: 'plain',
  params: {
    seed: 7,
    head: { dropout: 0.2, hidden: [64] },
    training: { epochs: 3, learning_rate: 0.001 },
    augmentation: { flip: true },
    backbone: { name: 'lite', weights: null },
  },
  datasetHash: 'd'.repeat(64),
  splitHash: '5'.repeat(64),
  contractHash: 'c'.repeat(64),
  backboneHash: 'b'.repeat(64),
  codeVersion: '0.1.0',
  environment: { node: 'v24.0.0', cores: 2 },
  leaky: false,
};

export interface SampleRun {
  readonly run?: Partial<NewRun>;
  /** Validation loss of each epoch. */
  readonly losses?: readonly number[];
  readonly figures?: Readonly<Record<string, number | null>>;
  readonly tags?: readonly string[];
  readonly outcome?: 'completed' | 'cancelled' | 'failed';
}

/** Records a run that ended. @returns its id */
export function addRun(
  records: Records,
  { run = {}, losses = [], figures = {}, tags = [], outcome }: SampleRun,
): string {
  const id = records.runs.start({ ...trained, ...run });
  for (const [index, loss] of losses.entries()) {
    records.epochs.add(id, 0, { ...epochRow(index + 1), validation_loss: loss });
  }
  const estimates = Object.entries(figures).map(([name, value]) => [name, { value, low: null, high: null }]);
  records.runMetrics.set(id, Object.fromEntries(estimates));
  records.runTags.change(id, tags, []);
  records.runs.finish(id, outcome ?? 'completed');
  return id;
}

/** A few runs that differ in everything a filter can ask for; ids `id-1` … in the order of the list. */
export function addSampleRuns(records: Records): void {
  addRun(records, {
    run: { name: 'plain' },
    losses: [0.9, 0.5, 0.7],
    figures: { 'scan/balanced_accuracy': 0.75, 'scan/log_loss': 0.6, 'slice/Renal cyst/sensitivity': 0.5 },
    tags: ['ct', 'baseline'],
  });
  addRun(records, {
    run: {
      name: 'crop 10',
      leaky: true,
      splitHash: '6'.repeat(64),
      notes: 'strange "result"',
      params: { seed: 8, head: { dropout: 0.4 }, augmentation: { flip: false }, backbone: { name: 'vgg' } },
    },
    losses: [0.4, 0.8],
    figures: { 'scan/balanced_accuracy': 1, 'scan/log_loss': 0.1 },
    tags: ['CT'],
    outcome: 'cancelled',
  });
  addRun(records, { run: { name: 'crop 2', params: { head: { dropout: 'off' } } }, outcome: 'failed' });
  addRun(records, { run: { kind: 'evaluate', name: 'plain' } });
}

/** What evaluate would have found, by chance. */
export function sampleMetrics(options: { classes?: readonly string[]; protocol?: Metrics['protocol'] } = {}): Metrics {
  const { classes = ['Cyst', 'Normal', 'Stone'], protocol = 'holdout' } = options;
  const shape = { groups: 9, slicesPerGroup: 4, classes: classes.length, skill: 1 };
  return computeMetrics(randomPredictions(1, shape), classes, {
    part: 'test',
    honesty: 'grouped',
    protocol,
    resamples: 20,
    seed: 7,
    scanVote: 'mean',
  });
}
