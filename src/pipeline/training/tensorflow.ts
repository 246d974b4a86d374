import util from 'node:util';
import { HilumError } from '../domain/errors.ts';

export type TensorFlow = typeof import('@tensorflow/tfjs-node');

let loading: Promise<TensorFlow> | undefined;

/**
 * How the native library is set up; a variable that is set already stays.
 * - One thread inside an operation and no oneDNN: the order of every sum is fixed by the shapes alone. For layers as small
 *   as a head one thread is also the faster choice (matMul 32×1281×4: 18 us against 75 us with two).
 * - No custom contraction kernel: with oneDNN off it corrupts the heap when a signal arrives in the midst of a large matMul
 *   (libtensorflow 2.21; `node --cpu-prof` brings it about every time). Ctrl-C is a signal too.
 */
const engineSettings = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL: '0',
};

/**
 * TensorFlow with its native library, loaded once a process. Nothing is printed.
 * @throws HilumError `training/engine-missing`
 */
export function loadTensorFlow(): Promise<TensorFlow> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw new HilumError('training/engine-missing', {}, { cause: error });
  });
  return loading;
}

/** Version of the native TensorFlow library, for records and fingerprints. */
export function engineVersion(tf: TensorFlow): string {
  const backend: unknown = tf.backend();
  const binding = property(backend, 'binding');
  const version = property(binding, 'TF_Version');
  return typeof version === 'string' ? version : 'unknown';
}

async function load(): Promise<TensorFlow> {
  for (const [name, value] of Object.entries(engineSettings)) process.env[name] ??= value;
  // tfjs-node 4.22 calls both; Node 23 removed them.
  Object.assign(util, { isArray: Array.isArray, isNullOrUndefined: (value: unknown) => value == null });
  const tf = await import('@tensorflow/tfjs-node');
  await tf.ready();
  return tf;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
