import { canonicalJson, sha256 } from '../disk/hash.ts';
import { HilumError } from '../domain/errors.ts';
import type { Fingerprint, HeadData, HeadParams } from './head-types.ts';

/** @param engine version of the native library: another one may round otherwise */
export function fingerprintOf(data: HeadData, params: HeadParams, engine: string): Fingerprint {
  return {
    'The feature matrix': `${data.dimensions} ${sha256(bytesOf(data.features))}`,
    'The list of labels': `${data.classes} ${sha256(bytesOf(data.labels))}`,
    'The split': `${sha256(bytesOf(data.trainRows))} ${sha256(bytesOf(data.validationRows))}`,
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
