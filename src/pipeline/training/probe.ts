import type { WeightedNetwork } from '../domain/network.ts';
import { openNetworkLearner } from './fine-tune.ts';
import type { FineTuningParams, PictureSource } from './fine-tune-types.ts';
import { zerosLike } from './loop.ts';
import type { LoopBatch } from './loop-types.ts';
import { batchTargets } from './targets.ts';
import { loadTensorFlow } from './tensorflow.ts';

interface ProbeOptions {
  readonly network: WeightedNetwork;
  /** Names of the weights that train, from the head down. */
  readonly groups: readonly (readonly string[])[];
  /** Several batches of them. */
  readonly images: Int32Array;
  readonly classes: number;
  readonly dimensions: number;
  readonly pictures: PictureSource;
  readonly params: FineTuningParams;
}

/**
 * The updates of fine-tuning without a training around them: every block trains from the first step, labels are made up.
 * @throws HilumError `training/engine-missing`
 */
export async function openProbe(options: ProbeOptions) {
  const { network, groups, images, classes, dimensions, pictures, params } = options;
  const tf = await loadTensorFlow('network');
  const labels = images.map((_, place) => place % classes);
  const places = images.map((_, place) => place);
  const { batch_size, learning_rate } = params.fine_tuning;
  const parameters = new Map([...network.weights].filter(([name]) => groups.flat().includes(name)));
  const zeros = zerosLike(parameters);
  const learner = openNetworkLearner(
    tf,
    {
      ...{ network, groups, dimensions, l2: 0 },
      data: { labels, classes, trainRows: places, validationRows: new Int32Array() },
      pictures: {
        augmented: (rows, epoch) =>
          pictures.augmented(
            rows.map((row) => images[row] ?? 0),
            epoch,
          ),
        plain: (rows) => pictures.plain(rows.map((row) => images[row] ?? 0)),
      },
      params: { ...params, fine_tuning: { ...params.fine_tuning, unfreeze_every: 0 } },
    },
    places,
    { parameters, firstMoments: zeros, secondMoments: zeros },
  );
  return {
    /** @param step 1-based */
    step: async (step: number): Promise<void> => {
      const start = ((step - 1) * batch_size) % places.length;
      const rows = places.slice(start, start + batch_size);
      const targets = batchTargets(
        rows.map((row) => labels[row] ?? 0),
        new Array<number>(classes).fill(1),
        0,
        undefined,
      );
      const batch: LoopBatch = { epoch: 1, step, rows, blend: undefined, learningRate: learning_rate, ...targets };
      await learner.step(batch);
    },
    /** All images, and the state read back as after an epoch. */
    predict: async (): Promise<void> => {
      await learner.predict(undefined);
      learner.read();
    },
    dispose: () => learner.dispose(),
  };
}
