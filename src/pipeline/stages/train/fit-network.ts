import type { WeightedNetwork } from '../../domain/network.ts';
import { applyContract } from '../../images/index.ts';
import { channelsOf, toOnnx } from '../../network/index.ts';
import { createEngine } from '../../predictions/index.ts';
import {
  fineTune,
  foldedPenalty,
  keepNewestCheckpoint,
  loadLatestCheckpoint,
  loadTensorFlow,
  saveCheckpoint,
  trainHead,
  untrainedHead,
} from '../../training/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import { inOrder } from '../in-order.ts';
import { trainedBlocks } from './blocks.ts';
import type { Fit, FittedModel } from './fit.ts';
import { checkpointFolder, headData, weightsOfClasses } from './fit-head.ts';
import { withHead } from './head-network.ts';
import { pictureSource } from './pictures.ts';
import type { Study } from './study.ts';

/** Enough to keep decoder and network busy on all cores. */
const imagesAtOnce = 8;

/**
 * Head and blocks of the backbone, from a head trained on cached features (or random numbers) to the end. The head before it takes
 * seconds and has no checkpoints: a resumed run trains it again, to the same bytes.
 */
export async function fitNetwork(study: Study, fit: Fit): Promise<FittedModel> {
  const { params, base, rows, pictures } = study;
  const { context, onProgress } = fit;
  const folder = checkpointFolder(study, fit);
  const resumeFrom = study.resume ? await loadLatestCheckpoint(folder) : undefined;
  const data = headData(study, fit);
  // Before the head of a warm start, which would set it up for heads.
  await loadTensorFlow('network');
  const start = await startOf(study, fit);
  const { epochs } = params.fine_tuning;
  const { weights, ...ending } = await fineTune({
    network: start.network,
    groups: trainedBlocks(start.network, base.backbone, params).map((block) => block.weights),
    data,
    dimensions: base.dimensions,
    pictures: pictureSource(pictures, rows, base.contract, params),
    params,
    l2: foldedPenalty(params.training.l2, data),
    facts: {
      backboneHash: base.backbone_hash,
      contractHash: base.contract_hash,
      pixelHashes: rows.map(({ row }) => row.pixel_hash),
    },
    resumeFrom,
    stopAfter: study.stopAfter,
    signal: context.signal,
    onBatch: (epoch, batch, batches) => onProgress?.(epoch - 1 + batch / batches, epochs),
    onEpoch: async ({ elapsedMs, ...metrics }, checkpoint) => {
      await context.emit({ kind: 'epoch', fold: fit.fold, metrics: { ...metrics, elapsed_ms: elapsedMs } });
      await saveCheckpoint(folder, checkpoint);
    },
  });
  if (ending.outcome === 'completed') await keepNewestCheckpoint(folder);
  const network = { network: start.network.network, weights };
  return {
    ...ending,
    warmEpochs: start.warmEpochs,
    trainImages: fit.trainRows.length,
    classWeights: weightsOfClasses(study, fit),
    network,
    answers: (wanted) => answersOf(study, network, wanted, context.signal),
  };
}

interface Start {
  readonly network: WeightedNetwork;
  readonly warmEpochs: number | undefined;
}

async function startOf(study: Study, fit: Fit): Promise<Start> {
  const { params, base } = study;
  if (!params.fine_tuning.warm_start) {
    const head = untrainedHead(params.seed, base.dimensions, params.head.hidden, base.contract.classes.length);
    return { network: withHead(study, head), warmEpochs: undefined };
  }
  const { context, fold } = fit;
  const trained = await trainHead({
    ...headData(study, fit),
    params,
    signal: context.signal,
    onEpoch: async () => undefined,
  });
  throwIfCancelled(context.signal);
  if (fold === 0) {
    const text = `Head trained on cached features: best of ${trained.epochs} epochs is ${trained.bestEpoch}.`;
    await context.emit({ kind: 'note', text });
  }
  return { network: withHead(study, trained.weights), warmEpochs: trained.bestEpoch };
}

/** Through ONNX Runtime and the contract, pixels to probabilities, as the sealed model will. */
async function answersOf(
  { rows, base: { contract }, pictures }: Study,
  network: WeightedNetwork,
  wanted: Int32Array,
  signal: AbortSignal,
): Promise<number[][]> {
  if (wanted.length === 0) return [];
  const engine = await createEngine(toOnnx(network, { channels: channelsOf(contract) }));
  try {
    const answers: number[][] = [];
    const images = Array.from(wanted, (index) => rows[index]?.row).filter((row) => row !== undefined);
    const found = inOrder(images, imagesAtOnce, async (row) => {
      throwIfCancelled(signal);
      return engine.run(applyContract(await pictures.decode(row), contract, engine.planes), 1);
    });
    for await (const probabilities of found) answers.push([...probabilities]);
    return answers;
  } finally {
    await engine.close();
  }
}
