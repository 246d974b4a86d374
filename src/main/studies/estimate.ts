import { availableParallelism, totalmem } from 'node:os';
import type { ManifestRow } from '../../pipeline/domain/dataset.ts';
import type { Params } from '../../pipeline/domain/params.ts';
import type { BackboneFacts } from '../../pipeline/domain/stage-inputs.ts';
import { probeKey, type TrainingCost } from '../../pipeline/domain/training-cost.ts';
import type { Workspace } from '../workspace/open.ts';
import { uncachedImages } from './cached-features.ts';
import { requireManifest } from './dataset-tables.ts';
import { fewestEpochs } from './fewest-epochs.ts';
import { type FineTuningCosts, fineTuningCosts, nothingFineTuned } from './fine-tuning-costs.ts';
import { type UsedSpeeds, usedSpeeds } from './guessed-speeds.ts';
import { baseFor, type PreparedBase } from './prepared-base.ts';
import { roomFor } from './room.ts';
import { headWork, readSpeeds } from './speeds.ts';
import { type StudySize, studySize } from './study-size.ts';

export interface Estimate {
  readonly seconds: { low: number; high: number };
  readonly peakMemoryMb: number;
  readonly machineMemoryMb: number;
  /** Memory that is free now. */
  readonly availableMemoryMb: number;
  /** The run would be refused: it needs more memory than is free. `batch`: the largest batch that fits; null where none does. */
  readonly tooLarge: { readonly batch: number | null } | null;
  /** Images that train. */
  readonly images: number;
  /** Images whose features are not in the cache. */
  readonly uncached: number;
  readonly trainableParameters: number;
  /** One or two sentences. */
  readonly basis: string;
}

/** What only the worker knows of a network. */
export interface NetworkKnowledge {
  /** What the `backbones` stage says; may be empty when the base model is there. */
  readonly backbones: readonly BackboneFacts[];
  /** What the `training-cost` stage says; undefined for a head alone. */
  readonly cost: TrainingCost | undefined;
}

/** TensorFlow, ONNX Runtime and the program itself while it seals, with a few hundred images. Measured at 224 pixels: 1,000 to 1,380 MB. */
const engineMb = 1200;
/** The matrix as read, standardised, as tensors, and one copy on its way. */
const copiesOfFeatures = 4;
const floatBytes = 4;

export interface EstimateOptions {
  /** A run before this one makes the features. */
  readonly featuresCached?: boolean;
  /** Memory that is free now. */
  readonly availableMb?: number;
}

/**
 * What a run with these parameters would cost on this machine.
 * @throws HilumError `dataset/missing`, `table/…`
 */
export async function estimateRun(
  workspace: Workspace,
  params: Params,
  { backbones, cost }: NetworkKnowledge,
  options: EstimateOptions = {},
): Promise<Estimate> {
  const manifest = await requireManifest(workspace.paths);
  const images = manifest.length;
  const size = await studySize(workspace, manifest, params);
  const base = await baseFor(workspace, params);
  const uncached = await uncachedOf(workspace, base, manifest, options);
  const dimensions = base?.dimensions ?? dimensionsOf(params, backbones);
  const classes = classesOf(workspace, manifest);
  const known = await readSpeeds(workspace.paths.state);
  const speeds = usedSpeeds(known, params, availableParallelism());
  const work = headWork(size.training * size.shareOfFit, dimensions, params.head.hidden, classes);
  const availableMb = options.availableMb ?? process.availableMemory() / 2 ** 20;
  const otherMb = featuresMb(images, dimensions);
  const probe = known.fineTuning[probeKey(params)];
  const network =
    cost === undefined
      ? nothingFineTuned
      : fineTuningCosts({ params, size, cost, speeds, availableMb, images, probe, otherMb });
  const peakMemoryMb = Math.round(Math.max(engineMb + otherMb + imageMb(params), network.peakMb));
  return {
    seconds: secondsOf({ size, params, uncached, work, speeds, network }),
    peakMemoryMb,
    machineMemoryMb: Math.round(totalmem() / 2 ** 20),
    availableMemoryMb: Math.round(availableMb),
    tooLarge: roomFor({ peakMb: peakMemoryMb, availableMb, mbPerImage: network.mbPerImage, params }),
    images: size.training,
    uncached,
    trainableParameters: cost?.trainable ?? headParameters(dimensions, params.head.hidden, classes),
    basis: basisOf(speeds, network, base === undefined),
  };
}

async function uncachedOf(
  { paths }: Workspace,
  base: PreparedBase | undefined,
  manifest: readonly ManifestRow[],
  { featuresCached }: EstimateOptions,
): Promise<number> {
  if (featuresCached) return 0;
  return base === undefined ? manifest.length : uncachedImages(paths, base, manifest);
}

function basisOf(speeds: UsedSpeeds, network: FineTuningCosts, isNew: boolean): string {
  const basis = network === nothingFineTuned ? speeds.basis : network.basis;
  return isNew ? `${basis} No features are cached for this backbone and image rules.` : basis;
}

function featuresMb(images: number, dimensions: number): number {
  return (copiesOfFeatures * images * dimensions * floatBytes) / 2 ** 20;
}

interface Costs {
  readonly size: StudySize;
  readonly params: Params;
  readonly uncached: number;
  /** `headWork` of an epoch of one fit. */
  readonly work: number;
  readonly speeds: UsedSpeeds;
  readonly network: FineTuningCosts;
}

/** Low: early stopping ends training as soon as it may. High: every epoch is trained. */
function secondsOf({ size, params, uncached, work, speeds, network }: Costs): { low: number; high: number } {
  const { epochs, early_stopping } = params.training;
  const fewest = fewestEpochs(epochs, size, early_stopping.patience);
  // A head that fine-tuning starts from is not recorded epoch by epoch; without a warm start there is none.
  const isHead = network === nothingFineTuned;
  const heads = isHead || params.fine_tuning.warm_start ? size.fits : 0;
  const epochSeconds = heads * (work / speeds.head + (isHead ? speeds.epochRest : 0));
  const fixed =
    speeds.rest +
    uncached / speeds.features +
    size.predicted / speeds.evaluate +
    (size.measured * params.evaluation.resamples) / speeds.bootstrap;
  return {
    low: (fixed + fewest * epochSeconds) / speeds.doubt + network.seconds.low,
    high: (fixed + epochs * epochSeconds) * speeds.doubt + network.seconds.high,
  };
}

/** Pictures of the network's size that are in work at the same time, with its maps. */
function imageMb({ image }: Params): number {
  const mapsOfOneImage = 64;
  const inWork = 8;
  return (inWork * mapsOfOneImage * image.size ** 2 * floatBytes) / 2 ** 20;
}

/** 0 for a backbone or level that is not known: the run itself says so. */
function dimensionsOf({ backbone }: Params, backbones: readonly BackboneFacts[]): number {
  const facts = backbones.find(({ name }) => name === backbone.name);
  return backbone.features.reduce((sum, level) => sum + (facts?.dimensions[level] ?? 0), 0);
}

export function classesOf({ config }: Workspace, manifest: readonly ManifestRow[]): number {
  return config.classes?.length ?? new Set(manifest.map((row) => row.class)).size;
}

function headParameters(dimensions: number, hidden: number, classes: number): number {
  const output = ((hidden === 0 ? dimensions : hidden) + 1) * classes;
  return hidden === 0 ? output : (dimensions + 1) * hidden + output;
}
