import { HilumError } from '../domain/errors.ts';
import { type Probe, type ProbeInput, probeInputSchema } from '../domain/training-cost.ts';
import { openProbe, untrainedHead } from '../training/index.ts';
import { readBaseModel } from './base-model.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { readManifestOf } from './dataset-on-disk.ts';
import type { Stage } from './stage.ts';
import { trainedBlocks } from './train/blocks.ts';
import { withHead } from './train/head-network.ts';
import { openPictures, pictureSource } from './train/pictures.ts';

/** They warm the machine up and are not timed. */
const firstSteps = 3;
/** So many different batches; their pictures are decoded before anything is timed. */
const batches = 2;

/**
 * Trains an untrained head and the chosen blocks for a few steps, all of them from the start, and throws the result away.
 * @throws HilumError `dataset/missing` (prepare first); as `train` for images that cannot be read
 */
export const probe: Stage<ProbeInput> = {
  input: probeInputSchema,
  async run({ workspace, params, steps }, context): Promise<Probe> {
    const rows = (await readManifestOf(workspace)).map((row) => ({ row }));
    const base = await readBaseModel(workspace);
    const classes = base.contract.classes.length;
    const network = withHead(
      { base, params },
      untrainedHead(params.seed, base.dimensions, params.head.hidden, classes),
    );
    const pictures = pictureSource(openPictures(workspace, base.contract, context.signal), rows, base.contract, params);
    const images = Int32Array.from({ length: batches * params.fine_tuning.batch_size }, (_, i) => i % rows.length);
    if (rows.length === 0) throw new HilumError('evaluation/empty-part', { part: 'training' });
    const decodeMs = (await timed(() => pictures.augmented(images, 1))) / Math.min(images.length, rows.length);
    const groups = trainedBlocks(network, base.backbone, params).map((block) => block.weights);
    const startedMs = performance.now();
    const training = await openProbe({
      network,
      groups,
      images,
      classes,
      dimensions: base.dimensions,
      pictures,
      params,
    });
    try {
      const { firstMs, stepMs } = await stepTimes(training, steps, context);
      const startMs = Math.max(0, firstMs - startedMs - firstSteps * stepMs);
      // The first prediction allocates what the next ones use again.
      await training.predict();
      const predictMs = (await timed(() => training.predict())) / images.length;
      return { startMs, stepMs, predictMs, decodeMs, peakMb: process.resourceUsage().maxRSS / 1024 };
    } finally {
      training.dispose();
    }
  },
};

/** When the first updates were done, and the median time of the others: something else that runs for a moment shall not count. */
async function stepTimes(
  training: Awaited<ReturnType<typeof openProbe>>,
  steps: number,
  { signal, report }: StageContext,
): Promise<{ firstMs: number; stepMs: number }> {
  const total = firstSteps + steps;
  const times: number[] = [];
  let firstMs = 0;
  for (let step = 1; step <= total; step++) {
    throwIfCancelled(signal);
    const elapsedMs = await timed(() => training.step(step));
    if (step > firstSteps) times.push(elapsedMs);
    if (step === firstSteps) firstMs = performance.now();
    report({ step: 'Probing', done: step, total, fraction: step / total });
  }
  const [middle = 0] = times.sort((a, b) => a - b).slice(Math.floor(steps / 2));
  return { firstMs, stepMs: middle };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
