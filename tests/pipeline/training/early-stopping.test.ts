import { describe, expect, it } from 'vitest';
import {
  nothingWatched,
  shouldStop,
  type WatchedMetric,
  watchEpoch,
} from '../../../src/pipeline/training/early-stopping.ts';

function run(metric: WatchedMetric, values: readonly (number | null)[], patience: number) {
  let state = nothingWatched;
  let epoch = 0;
  for (const value of values) {
    epoch += 1;
    state = watchEpoch(state, metric, value, epoch);
    if (shouldStop(state, patience)) break;
  }
  return { stoppedAt: epoch, bestEpoch: state.bestEpoch };
}

describe('early stopping', () => {
  it.each<[WatchedMetric, (number | null)[], number, { stoppedAt: number; bestEpoch: number }]>([
    ['loss', [3, 2, 1, 0.5], 2, { stoppedAt: 4, bestEpoch: 4 }],
    ['loss', [3, 2, 2.1, 2.2, 0], 2, { stoppedAt: 4, bestEpoch: 2 }],
    ['loss', [3, 2, 2, 2, 0], 2, { stoppedAt: 4, bestEpoch: 2 }],
    ['loss', [3, 2, 2.1, 1.9, 2, 2], 2, { stoppedAt: 6, bestEpoch: 4 }],
    ['loss', [3, 4, 5, 6, 7], 0, { stoppedAt: 5, bestEpoch: 1 }],
    ['loss', [3, 4], 1, { stoppedAt: 2, bestEpoch: 1 }],
    ['balanced_accuracy', [0.5, 0.7, 0.6, 0.7, 0.9], 2, { stoppedAt: 4, bestEpoch: 2 }],
    ['balanced_accuracy', [0, 0, 0, 0], 3, { stoppedAt: 4, bestEpoch: 1 }],
    ['loss', [null, null, null], 1, { stoppedAt: 3, bestEpoch: 3 }],
  ])('%s %j with patience %i', (metric, values, patience, expected) => {
    expect(run(metric, values, patience)).toEqual(expected);
  });
});
