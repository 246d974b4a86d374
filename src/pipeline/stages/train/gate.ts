import { canonicalJson, sha256 } from '../../disk/hash.ts';
import type { ManifestRow } from '../../domain/dataset.ts';
import type { Gate } from '../../domain/gate.ts';
import type { DecodedImage } from '../../domain/image.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { TrainInput } from '../../domain/stage-inputs.ts';
import { applyContract } from '../../images/index.ts';
import { isSameUpTo } from '../../network/index.ts';
import {
  benignCopies,
  benignCount,
  type Engine,
  fitGate,
  looksOf,
  openGate,
  pictureFacts,
  type Seen,
  sealedNumbers,
} from '../../predictions/index.ts';
import { openFeatureCache } from '../../training/index.ts';
import type { BaseModel } from '../base-model.ts';
import { throwIfCancelled } from '../cancel.ts';
import { inOrder } from '../in-order.ts';
import { cachePaths } from '../workspace-files.ts';
import { evenlyByGroup } from './evenly.ts';
import { gateTrials } from './gate-trials.ts';
import type { Pictures } from './pictures.ts';

/** More pictures change the gate by less than another patient does. */
const picturesSeen = 600;
const picturesChanged = 16;
const imagesAtOnce = 8;

export interface GateStudy {
  readonly input: TrainInput;
  readonly base: BaseModel;
  readonly network: WeightedNetwork;
  /** Of that network, written with `taps` pooled. */
  readonly engine: Engine;
  readonly taps: readonly string[];
  /** Images that the gate may know: no test part. */
  readonly rows: readonly ManifestRow[];
  readonly pictures: Pictures;
  readonly signal: AbortSignal;
}

/** The out-of-distribution gate of a trained model; undefined when it is switched off, or with fewer than 3 patient groups. */
export async function gateOf(study: GateStudy): Promise<Gate | undefined> {
  const { input, base, taps, rows, pictures } = study;
  const refusals = input.params.answering.gate_refusals;
  if (refusals === 0 || taps.length === 0) return undefined;
  const sample = evenlyByGroup(rows, picturesSeen);
  const unseen = isSameUpTo(study.network, base.network, taps);
  const looks = await looksOfAll(study, sample, unseen);
  const seen = sample.flatMap(({ group }, index): Seen[] =>
    (looks[index] ?? []).map((each, copy) => ({ group, looks: each, isCopy: copy > 0 })),
  );
  const fitted = fitGate(seen, refusals);
  if (fitted === undefined) return undefined;
  const numbers = sealedNumbers(fitted);
  const gate: Gate = {
    version: 1,
    taps: [...taps],
    ...numbers,
    refusals,
    evidence: {
      images: sample.length,
      groups: fitted.groups,
      refused: fitted.refused,
      groups_above: fitted.groupsAbove,
      unseen,
      trials: [],
    },
  };
  const open = openGate(gate);
  const changed = await Promise.all(evenlyByGroup(rows, picturesChanged).map((row) => pictures.decode(row)));
  const trials = await gateTrials(base.contract, changed, async (image) => {
    throwIfCancelled(study.signal);
    return open.distance(await looksOfPicture(image, study)) > open.limit;
  });
  return { ...gate, evidence: { ...gate.evidence, trials } };
}

/** Of each picture and its benign copies. Kept with the features while the backbone is as prepared: the next run reads them. */
async function looksOfAll(
  study: GateStudy,
  sample: readonly ManifestRow[],
  isCacheable: boolean,
): Promise<Float64Array[][]> {
  const { input, base, engine, taps, signal } = study;
  const dimensions = engine.pooledLength + pictureFacts.length;
  const key = sha256(canonicalJson(['gate 2', base.featureKey, [...taps]]));
  const cache = isCacheable
    ? await openFeatureCache(cachePaths(input.workspace).features, { key, dimensions: dimensions * (1 + benignCount) })
    : undefined;
  const looks = inOrder(sample, imagesAtOnce, async (row) => {
    throwIfCancelled(signal);
    const known = cache?.get(row.pixel_hash);
    if (known !== undefined) return parted(known, dimensions);
    const image = await study.pictures.decode(row);
    const each = await Promise.all([image, ...benignCopies(image)].map((copy) => looksOfPicture(copy, study)));
    const made = Float32Array.from(each.flatMap((values) => [...values]));
    cache?.add(row.pixel_hash, made);
    return parted(made, dimensions);
  });
  const all: Float64Array[][] = [];
  try {
    for await (const each of looks) all.push(each);
  } finally {
    await cache?.flush();
  }
  return all;
}

/** The picture's own looks, then those of its copies. */
function parted(values: Float32Array, dimensions: number): Float64Array[] {
  return Array.from({ length: 1 + benignCount }, (_, copy) =>
    Float64Array.from(values.subarray(copy * dimensions, (copy + 1) * dimensions)),
  );
}

async function looksOfPicture(image: DecodedImage, { base: { contract }, engine }: GateStudy): Promise<Float64Array> {
  const values = applyContract(image, contract, engine.planes);
  const { pooled } = await engine.look(values);
  return looksOf(pooled, { values, planes: engine.planes, ...contract });
}
