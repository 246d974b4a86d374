import { beforeAll, describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import type { Checkpoint, EpochMetrics, FineTuned, FineTuneOptions } from '../../../src/pipeline/training/index.ts';
import { fineTune, loadTensorFlow, type TensorFlow } from '../../../src/pipeline/training/index.ts';
import { timeless } from '../../helpers/toy-features.ts';
import {
  bytesOfWeights,
  type ToyChanges,
  toyFineTuning,
  toyGroups,
  toyNetwork,
  toyStudy,
} from '../../helpers/toy-pictures.ts';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await loadTensorFlow('network');
});

interface Recorded {
  readonly trained: FineTuned;
  readonly epochs: EpochMetrics[];
  readonly checkpoints: Checkpoint[];
}

/** @param until cancels from within the report of this epoch */
async function train(options: Partial<FineTuneOptions> = {}, until?: number): Promise<Recorded> {
  const cancel = new AbortController();
  const epochs: EpochMetrics[] = [];
  const checkpoints: Checkpoint[] = [];
  const trained = await fineTune({
    ...toyStudy(),
    signal: cancel.signal,
    onEpoch: async (metrics, checkpoint) => {
      epochs.push(metrics);
      checkpoints.push(checkpoint);
      if (metrics.epoch === until) cancel.abort();
    },
    ...options,
  });
  return { trained, epochs, checkpoints };
}

const studyWith = (changes: ToyChanges) => toyStudy(toyFineTuning(changes));

/** Whole, cut, unfrozen by and by, blended and smoothed: each of them repeats and resumes to the byte. */
const ways: readonly (readonly [string, Partial<FineTuneOptions>])[] = [
  ['all', {}],
  ['top-blocks', { groups: toyGroups.slice(0, 2) }],
  ['all, gradual unfreezing and slower below', studyWith({ fine_tuning: { unfreeze_every: 1, layer_decay: 0.5 } })],
  ['all, mixup and label smoothing', studyWith({ fine_tuning: { mixup: 0.4 }, training: { label_smoothing: 0.1 } })],
];

describe.each(ways)('fine-tuning: %s', (_name, way) => {
  it('[C7] gives byte-equal weights and figures twice, and others with another seed', async () => {
    const [first, second] = [await train(way), await train(way)];
    expect(bytesOfWeights(second.trained.weights)).toBe(bytesOfWeights(first.trained.weights));
    expect(second.epochs.map(timeless)).toEqual(first.epochs.map(timeless));
    const { params } = { ...toyStudy(), ...way };
    const other = await train({ ...way, params: { ...params, seed: 8 } });
    expect(bytesOfWeights(other.trained.weights)).not.toBe(bytesOfWeights(first.trained.weights));
  });

  it('[C7] cancelled after any epoch and resumed, gives the bytes of the unbroken run', async () => {
    const unbroken = await train(way);
    for (const epoch of [1, 3]) {
      const broken = await train(way, epoch);
      expect(broken.trained).toMatchObject({ outcome: 'cancelled', epochs: epoch });
      const resumed = await train({ ...way, resumeFrom: broken.checkpoints.at(-1) });
      expect(bytesOfWeights(resumed.trained.weights)).toBe(bytesOfWeights(unbroken.trained.weights));
      expect([...broken.epochs, ...resumed.epochs].map(timeless)).toEqual(unbroken.epochs.map(timeless));
      expect(resumed.checkpoints.at(-1)).toEqual(unbroken.checkpoints.at(-1));
    }
  });
});

describe('fine-tuning', () => {
  it('learns what the pictures show', async () => {
    const { trained, epochs } = await train(
      studyWith({
        fine_tuning: { epochs: 60, learning_rate: 0.03 },
        augmentation: { shift: 0, rotation: 0, window: 0 },
      }),
    );
    expect(trained.outcome).toBe('completed');
    expect(epochs.at(-1)?.loss).toBeLessThan((epochs[0]?.loss ?? 0) / 2);
    expect(epochs[trained.bestEpoch - 1]?.validation_accuracy).toBeGreaterThan(0.8);
  });

  it('gives the best epoch back, and the frozen weights as they were', async () => {
    const groups = toyGroups.slice(0, 2);
    const { trained, epochs, checkpoints } = await train({
      ...studyWith({ fine_tuning: { epochs: 40, learning_rate: 0.05 }, patience: 2 }),
      groups,
    });
    expect(trained.epochs).toBe(trained.bestEpoch + 2);
    expect(epochs).toHaveLength(trained.epochs);
    const best = checkpoints[trained.bestEpoch - 1]?.parameters ?? new Map();
    const start = toyNetwork().weights;
    for (const [name, { data }] of trained.weights) {
      expect(data, name).toEqual((groups.flat().includes(name) ? best : start).get(name)?.data);
    }
    expect([...best.keys()].sort()).toEqual(groups.flat().sort());
  });

  it('leaves a block alone before its turn, and trains it from then on', async () => {
    const { checkpoints } = await train(studyWith({ fine_tuning: { unfreeze_every: 2, epochs: 3 } }));
    const start = toyNetwork().weights.get('block1_conv/kernel')?.data;
    const at = (epoch: number) => checkpoints[epoch - 1]?.parameters.get('block1_conv/kernel')?.data;
    expect(at(1)).toEqual(start);
    expect(at(2)).toEqual(start);
    expect(at(3)).not.toEqual(start);
    expect(checkpoints[0]?.parameters.get('block2_conv/kernel')?.data).not.toEqual(
      toyNetwork().weights.get('block2_conv/kernel')?.data,
    );
  });

  it('[C6] leaves no tensor behind: completed, cancelled or thrown', async () => {
    const before = tf.memory().numTensors;
    await train();
    await train({}, 1);
    await expect(train({ onEpoch: () => Promise.reject(new Error('full')) })).rejects.toThrow('full');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is cancelled within an epoch, between two batches', async () => {
    const cancel = new AbortController();
    const seen: number[] = [];
    const { trained, epochs } = await train({
      signal: cancel.signal,
      onBatch: (_epoch, batch) => {
        seen.push(batch);
        if (batch === 2) cancel.abort();
      },
    });
    expect(trained).toMatchObject({ outcome: 'cancelled', epochs: 0, bestEpoch: 0 });
    expect(seen).toEqual([1, 2]);
    expect(epochs).toEqual([]);
    expect(bytesOfWeights(trained.weights)).toBe(bytesOfWeights(toyNetwork().weights));
  });

  it('sees each picture anew in each epoch, and validation as it is', async () => {
    const { pictures } = toyStudy();
    const images = Int32Array.of(4, 9);
    const [first, again, later] = [1, 1, 2].map((epoch) => pictures.augmented(images, epoch));
    expect(await again).toEqual(await first);
    expect(await later).not.toEqual(await first);
    const [alone] = [await pictures.augmented(Int32Array.of(9), 1)];
    expect(alone).toEqual((await first)?.subarray(alone.length));
    expect(await pictures.plain(images)).toEqual(await pictures.plain(images));
  });

  it('[C5] names the epoch in which the loss is no number any more', async () => {
    const pictures = {
      ...toyStudy().pictures,
      augmented: async (images: Int32Array) => new Float32Array(images.length * 12 * 12 * 3).fill(Number.NaN),
    };
    await expect(train({ pictures })).rejects.toSatisfy(
      (error) => error instanceof HilumError && error.code === 'training/diverged' && error.facts.epoch === 1,
    );
  });

  it.each<[string, Partial<FineTuneOptions>]>([
    ['The base model', { facts: { ...toyStudy().facts, backboneHash: 'other' } }],
    ['The images', { facts: { ...toyStudy().facts, pixelHashes: ['other'] } }],
    ['The split', { data: { ...toyStudy().data, validationRows: Int32Array.of(0) } }],
    ['params.yaml: seed', { params: toyFineTuning({ seed: 9 }) }],
    ['params.yaml: fine_tuning', { params: toyFineTuning({ fine_tuning: { epochs: 5 } }) }],
    ['params.yaml: augmentation', { params: toyFineTuning({ augmentation: { flip: true } }) }],
  ])('refuses to resume when %s differs', async (what, change) => {
    const { checkpoints } = await train({}, 1);
    await expect(train({ resumeFrom: checkpoints[0], ...change })).rejects.toSatisfy(
      (error) => error instanceof HilumError && error.code === 'training/changed' && error.facts.what === what,
    );
  });
});
