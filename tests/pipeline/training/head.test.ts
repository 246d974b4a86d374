import { beforeAll, describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import {
  type Checkpoint,
  type EpochMetrics,
  type HeadData,
  headProbabilities,
  loadTensorFlow,
  type TensorFlow,
  type TrainedHead,
  type TrainHeadOptions,
  trainHead,
} from '../../../src/pipeline/training/index.ts';
import { timeless, toyFeatures, toyParams, weightBytes } from '../../helpers/toy-features.ts';

const data = toyFeatures();
let tf: TensorFlow;
beforeAll(async () => {
  tf = await loadTensorFlow();
});

interface Recorded {
  readonly trained: TrainedHead;
  readonly epochs: EpochMetrics[];
  readonly checkpoints: Checkpoint[];
}

async function train(options: Partial<TrainHeadOptions> = {}): Promise<Recorded> {
  const epochs: EpochMetrics[] = [];
  const checkpoints: Checkpoint[] = [];
  const trained = await trainHead({
    ...data,
    params: toyParams(),
    onEpoch: async (metrics, checkpoint) => {
      epochs.push(metrics);
      checkpoints.push(checkpoint);
    },
    ...options,
  });
  return { trained, epochs, checkpoints };
}

/** Cancels from within the report of an epoch, so that the next batch sees the signal. */
async function trainUntil(epoch: number, options: Partial<TrainHeadOptions> = {}): Promise<Recorded> {
  const cancel = new AbortController();
  const checkpoints: Checkpoint[] = [];
  const epochs: EpochMetrics[] = [];
  const { trained } = await train({
    ...options,
    signal: cancel.signal,
    onEpoch: async (metrics, checkpoint) => {
      epochs.push(metrics);
      checkpoints.push(checkpoint);
      if (metrics.epoch === epoch) cancel.abort();
    },
  });
  return { trained, epochs, checkpoints };
}

/** Share of rows whose most probable class is the true one. */
function accuracyOf({ weights }: TrainedHead, { features, dimensions, labels }: HeadData, rows: Int32Array): number {
  const answers = headProbabilities(weights, features, dimensions, rows);
  const right = answers.filter((values, i) => values.indexOf(Math.max(...values)) === labels[rows[i] ?? -1]);
  return right.length / rows.length;
}

describe.each([0, 5])('head training with %i hidden units', (hidden) => {
  const params = toyParams({ head: { hidden } });

  it('learns separable classes and reports every epoch from whole parts', async () => {
    const { trained, epochs } = await train({ params });
    expect(trained.outcome).toBe('completed');
    expect(trained.epochs).toBe(12);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const last = epochs.at(-1);
    expect(last?.validation_accuracy).toBeGreaterThan(0.9);
    expect(last?.loss).toBeLessThan(epochs[0]?.loss ?? 0);
    const best = epochs[trained.bestEpoch - 1];
    expect(best?.validation_loss).toBe(Math.min(...epochs.map((each) => each.validation_loss ?? Number.NaN)));
    expect(accuracyOf(trained, data, data.validationRows)).toBe(best?.validation_accuracy);
    expect(accuracyOf(trained, data, data.trainRows)).toBe(best?.accuracy);
  });

  it('[C7] gives byte-equal weights and figures twice, and others with another seed', async () => {
    const [first, second] = [await train({ params }), await train({ params })];
    expect(weightBytes(second.trained.weights)).toBe(weightBytes(first.trained.weights));
    expect(second.epochs.map(timeless)).toEqual(first.epochs.map(timeless));
    const other = await train({ params: toyParams({ seed: 8, head: { hidden } }) });
    expect(weightBytes(other.trained.weights)).not.toBe(weightBytes(first.trained.weights));
  });

  it('[C7] cancelled after any epoch and resumed, gives the bytes of the unbroken run', async () => {
    const unbroken = await train({ params });
    for (const epoch of [1, 5, 11]) {
      const broken = await trainUntil(epoch, { params });
      expect(broken.trained).toMatchObject({ outcome: 'cancelled', epochs: epoch });
      const resumed = await train({ params, resumeFrom: broken.checkpoints.at(-1) });
      expect(weightBytes(resumed.trained.weights)).toBe(weightBytes(unbroken.trained.weights));
      expect(resumed.trained.bestEpoch).toBe(unbroken.trained.bestEpoch);
      expect([...broken.epochs, ...resumed.epochs].map(timeless)).toEqual(unbroken.epochs.map(timeless));
      expect(resumed.checkpoints.at(-1)).toEqual(unbroken.checkpoints.at(-1));
    }
  });

  it('[C6] leaves no tensor behind: completed, cancelled or thrown', async () => {
    const before = tf.memory().numTensors;
    await train({ params });
    await trainUntil(2, { params });
    await expect(train({ params, onEpoch: () => Promise.reject(new Error('full')) })).rejects.toThrow('full');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('serves raw features as TensorFlow does, to 1e-5', async () => {
    const { trained } = await train({ params });
    const rows = data.trainRows;
    const own = headProbabilities(trained.weights, data.features, data.dimensions, rows).flat();
    const theirs = tf.tidy(() => {
      const raw = tf.tensor2d(data.features.slice(), [data.labels.length, data.dimensions]);
      let values = tf.gather(raw, tf.tensor1d(rows.slice(), 'int32'));
      const { hidden: first, dense } = trained.weights;
      const layer = ({ kernel, bias }: typeof dense) =>
        tf.add<tf2d>(
          tf.matMul(values, tf.tensor(kernel.data.slice(), [...kernel.shape])),
          tf.tensor1d(bias.data.slice()),
        );
      if (first !== undefined) values = tf.relu(layer(first));
      return Array.from(tf.softmax(layer(dense)).dataSync());
    });
    for (const [i, value] of own.entries()) expect(Math.abs(value - (theirs[i] ?? Number.NaN))).toBeLessThan(1e-5);
  });
});

type tf2d = ReturnType<TensorFlow['tensor2d']>;

describe('head training', () => {
  it('folds the standardisation in: served probabilities give the losses that training reported, to 1e-5', async () => {
    const { trained, epochs } = await train({ params: toyParams({ training: { l2: 0, class_weights: 'none' } }) });
    const { features, dimensions, labels, validationRows } = data;
    const answers = headProbabilities(trained.weights, features, dimensions, validationRows);
    const losses = answers.map((values, i) => -Math.log(values[labels[validationRows[i] ?? -1] ?? -1] ?? 0));
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    expect(Math.abs(loss - (epochs[trained.bestEpoch - 1]?.validation_loss ?? 0))).toBeLessThan(1e-5);
  });

  it('stops when the watched metric stands still, and gives the best epoch back', async () => {
    const params = toyParams({ patience: 2, metric: 'balanced_accuracy', training: { epochs: 40 } });
    const { trained, epochs, checkpoints } = await train({ params });
    expect(trained.epochs).toBe(trained.bestEpoch + 2);
    expect(epochs).toHaveLength(trained.epochs);
    const resumed = await train({ params, resumeFrom: checkpoints.at(-1) });
    expect(resumed.epochs).toEqual([]);
    expect(weightBytes(resumed.trained.weights)).toBe(weightBytes(trained.weights));
  });

  it('without validation rows takes the last epoch', async () => {
    const { trained, epochs } = await train({ validationRows: new Int32Array(), params: toyParams({ patience: 1 }) });
    expect(trained).toMatchObject({ outcome: 'completed', bestEpoch: 12, epochs: 12 });
    expect(epochs.at(-1)).toMatchObject({ validation_loss: null, validation_balanced_accuracy: null });
  });

  it('cancelled before the first epoch gives untrained weights and no report', async () => {
    const { trained, epochs } = await train({ signal: AbortSignal.abort() });
    expect(trained).toMatchObject({ outcome: 'cancelled', bestEpoch: 0, epochs: 0 });
    expect(epochs).toEqual([]);
  });

  it('is cancelled by a message that arrives between two batches', async () => {
    const cancel = new AbortController();
    setImmediate(() => setImmediate(() => cancel.abort()));
    const { trained } = await train({ signal: cancel.signal });
    expect(trained).toMatchObject({ outcome: 'cancelled', epochs: 0 });
  });

  it('[C5] names the epoch in which the loss is no number any more', async () => {
    const features = data.features.slice();
    features[3] = Number.NaN;
    await expect(train({ features })).rejects.toSatisfy(
      (error) => error instanceof HilumError && error.code === 'training/diverged' && error.facts.epoch === 1,
    );
  });

  it.each<[string, Partial<TrainHeadOptions>]>([
    ['The feature matrix', { features: data.features.map((value, i) => (i === 9 ? value + 1 : value)) }],
    ['The list of labels', { labels: data.labels.map((label, i) => (i === 4 ? (label + 1) % 3 : label)) }],
    ['The split', { trainRows: data.trainRows.slice(1) }],
    ['params.yaml: seed', { params: toyParams({ seed: 8 }) }],
    ['params.yaml: head', { params: toyParams({ head: { dropout: 0.3 } }) }],
    ['params.yaml: training', { params: toyParams({ training: { epochs: 13 } }) }],
  ])('refuses to resume when %s differs', async (what, change) => {
    const { checkpoints } = await trainUntil(1);
    await expect(train({ resumeFrom: checkpoints[0], ...change })).rejects.toSatisfy(
      (error) => error instanceof HilumError && error.code === 'training/changed' && error.facts.what === what,
    );
  });
});
