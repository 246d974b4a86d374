import { availableParallelism, totalmem } from 'node:os';
import type { ManifestRow } from '../../pipeline/domain/dataset.ts';
import type { Params } from '../../pipeline/domain/params.ts';
import type { BackboneFacts } from '../../pipeline/domain/stage-inputs.ts';
import type { Workspace } from '../workspace/open.ts';
import { uncachedImages } from './cached-features.ts';
import { requireManifest } from './dataset-tables.ts';
import { type UsedSpeeds, usedSpeeds } from './guessed-speeds.ts';
import { baseFor } from './prepared-base.ts';
import { headWork, readSpeeds } from './speeds.ts';
import { type StudySize, studySize } from './study-size.ts';

export interface Estimate {
  readonly seconds: { low: number; high: number };
  readonly peakMemoryMb: number;
  readonly machineMemoryMb: number;
  /** Images that train. */
  readonly images: number;
  /** Images whose features are not in the cache. */
  readonly uncached: number;
  readonly trainableParameters: number;
  /** One or two sentences. */
  readonly basis: string;
}

/** TensorFlow, ONNX Runtime and the program itself, with a few hundred images. Measured: 730 MB. */
const engineMb = 730;
/** The matrix as read, standardised, as tensors, and one copy on its way. */
const copiesOfFeatures = 4;
const floatBytes = 4;

/**
 * What a run with these parameters would cost on this machine.
 * @param backbones what the `backbones` stage says
 * @throws HilumError `dataset/missing`, `table/…`
 */
export async function estimateRun(
  workspace: Workspace,
  params: Params,
  backbones: readonly BackboneFacts[],
): Promise<Estimate> {
  const manifest = await requireManifest(workspace.paths);
  const size = await studySize(workspace, manifest, params);
  const base = await baseFor(workspace, params);
  const uncached = base === undefined ? manifest.length : await uncachedImages(workspace.paths, base, manifest);
  const dimensions = base?.dimensions ?? dimensionsOf(params, backbones);
  const classes = classesOf(workspace, manifest);
  const speeds = usedSpeeds(await readSpeeds(workspace.paths.state), params, availableParallelism());
  const work = headWork(size.training * size.shareOfFit, dimensions, params.head.hidden, classes);
  return {
    seconds: secondsOf({ size, params, uncached, work, speeds }),
    peakMemoryMb: Math.round(
      engineMb + (copiesOfFeatures * manifest.length * dimensions * floatBytes) / 2 ** 20 + imageMb(params),
    ),
    machineMemoryMb: Math.round(totalmem() / 2 ** 20),
    images: size.training,
    uncached,
    trainableParameters: headParameters(dimensions, params.head.hidden, classes),
    basis:
      base === undefined ? `${speeds.basis} No features are cached for this backbone and image rules.` : speeds.basis,
  };
}

interface Costs {
  readonly size: StudySize;
  readonly params: Params;
  readonly uncached: number;
  /** `headWork` of an epoch of one fit. */
  readonly work: number;
  readonly speeds: UsedSpeeds;
}

/** Low: early stopping ends training as soon as it may. High: every epoch is trained. */
function secondsOf({ size, params, uncached, work, speeds }: Costs): { low: number; high: number } {
  const { epochs, early_stopping } = params.training;
  const fewest = size.watched && early_stopping.patience > 0 ? Math.min(epochs, early_stopping.patience + 1) : epochs;
  const epochSeconds = size.fits * (work / speeds.head + speeds.epochRest);
  const fixed =
    speeds.rest +
    uncached / speeds.features +
    size.predicted / speeds.evaluate +
    (size.measured * params.evaluation.resamples) / speeds.bootstrap;
  return {
    low: (fixed + fewest * epochSeconds) / speeds.doubt,
    high: (fixed + epochs * epochSeconds) * speeds.doubt,
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

function classesOf({ config }: Workspace, manifest: readonly ManifestRow[]): number {
  return config.classes?.length ?? new Set(manifest.map((row) => row.class)).size;
}

function headParameters(dimensions: number, hidden: number, classes: number): number {
  const output = ((hidden === 0 ? dimensions : hidden) + 1) * classes;
  return hidden === 0 ? output : (dimensions + 1) * hidden + output;
}
