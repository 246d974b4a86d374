import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  type EpochMetrics,
  type TrainHeadOptions,
  trainHead,
} from '../../../src/pipeline/training/index.ts';
import { hasTensorflow } from '../../helpers/cli.ts';
import { timeless, toyFeatures, toyParams, weightBytes } from '../../helpers/toy-features.ts';

const data = toyFeatures();

async function train(options: Partial<TrainHeadOptions>) {
  const epochs: EpochMetrics[] = [];
  let checkpoint: Checkpoint | undefined;
  const trained = await trainHead({
    ...data,
    params: toyParams(),
    onEpoch: async (metrics, now) => {
      epochs.push(metrics);
      checkpoint = now;
    },
    ...options,
  });
  return { trained, checkpoint, figures: epochs.map(timeless) };
}

describe.skipIf(!hasTensorflow)('training that rests at the rungs of a sweep', () => {
  it('trained on from rest to rest gives the bytes and the epochs of one training', async () => {
    const whole = await train({});
    const figures = [];
    let from: Checkpoint | undefined;
    for (const stopAfter of [2, 5, 12]) {
      const part = await train({ stopAfter, resumeFrom: from });
      expect(part.trained).toMatchObject({ outcome: stopAfter === 12 ? 'completed' : 'stopped', epochs: stopAfter });
      from = part.checkpoint;
      figures.push(...part.figures);
      if (stopAfter === 12) expect(weightBytes(part.trained.weights)).toBe(weightBytes(whole.trained.weights));
    }
    expect(figures).toEqual(whole.figures);
  });

  it('already there, it trains nothing and gives the best weights so far', async () => {
    const first = await train({ stopAfter: 4 });
    const again = await train({ stopAfter: 4, resumeFrom: first.checkpoint });
    expect(again.figures).toEqual([]);
    expect(again.trained).toMatchObject({ outcome: 'stopped', bestEpoch: first.trained.bestEpoch, epochs: 4 });
    expect(weightBytes(again.trained.weights)).toBe(weightBytes(first.trained.weights));
  });

  it('what early stopping ends before the rest is complete', async () => {
    const { trained } = await train({
      params: toyParams({ patience: 2, metric: 'balanced_accuracy' }),
      stopAfter: 11,
    });
    expect(trained.outcome).toBe('completed');
    expect(trained.epochs).toBeLessThan(11);
  });
});
