import { canonicalJson, sha256 } from '../disk/hash.ts';
import { HilumError } from '../domain/errors.ts';
import type { Params } from '../domain/params.ts';
import type { HeadData, HeadParams } from './head-types.ts';
import type { Fingerprint } from './loop-types.ts';

/** @param engine version of the native library: another one may round otherwise */
export function headFingerprint(data: HeadData, params: HeadParams, engine: string): Fingerprint {
  return {
    'The feature matrix': `${data.dimensions} ${sha256(bytesOf(data.features))}`,
    'The list of labels': `${data.classes} ${sha256(bytesOf(data.labels))}`,
    'The split': `${sha256(bytesOf(data.trainRows))} ${sha256(bytesOf(data.validationRows))}`,
    ...paramsFingerprint(params, engine),
  };
}

/** What fine-tuning starts from, besides its parameters. */
export interface NetworkFacts {
  /** Hash of network and weights, without the head. */
  readonly backboneHash: string;
  readonly contractHash: string;
  /** Pixel hash of each image of the study. */
  readonly pixelHashes: readonly string[];
}

/** The features of a warm start follow from network, contract and pixels, and are not hashed again. */
export function networkFingerprint(
  { backboneHash, contractHash, pixelHashes }: NetworkFacts,
  data: Pick<HeadData, 'labels' | 'classes' | 'trainRows' | 'validationRows'>,
  params: HeadParams & Pick<Params, 'fine_tuning' | 'augmentation'>,
  engine: string,
): Fingerprint {
  return {
    'The base model': `${backboneHash} ${contractHash}`,
    'The images': sha256(pixelHashes.join('\n')),
    'The list of labels': `${data.classes} ${sha256(bytesOf(data.labels))}`,
    'The split': `${sha256(bytesOf(data.trainRows))} ${sha256(bytesOf(data.validationRows))}`,
    ...paramsFingerprint(params, engine),
    'params.yaml: fine_tuning': canonicalJson(params.fine_tuning),
    'params.yaml: augmentation': canonicalJson(params.augmentation),
  };
}

function paramsFingerprint(params: HeadParams, engine: string): Fingerprint {
  return {
    'params.yaml: seed': String(params.seed),
    'params.yaml: head': canonicalJson(params.head),
    'params.yaml: training': canonicalJson(params.training),
    'The TensorFlow version': engine,
  };
}

/** @throws HilumError `training/changed` with the first thing that differs */
export function requireSameFingerprint(stored: Fingerprint, current: Fingerprint): void {
  const changed = Object.keys(current).find((name) => stored[name] !== current[name]);
  if (changed !== undefined) throw new HilumError('training/changed', { what: changed });
}

function bytesOf(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
