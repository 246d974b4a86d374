import { availableParallelism } from 'node:os';
import util from 'node:util';
import { HilumError } from '../domain/errors.ts';

export type TensorFlow = typeof import('@tensorflow/tfjs-node');

/** What a process trains. The native library is set up for one of them when it is loaded, and stays so. */
export type EnginePurpose = 'head' | 'network';

/** With more threads than that the layers of a batch are too small to share out. */
const mostThreads = 16;

const alike = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_NUM_INTEROP_THREADS: '1',
  TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL: '0',
};

/**
 * How the native library is set up; a variable that is set already stays. Either way equal steps give equal bytes: the order of
 * every sum depends on shapes and number of threads alone, never on which thread is ready first.
 * No custom contraction kernel: it corrupts the heap when a signal arrives in the midst of a matMul (libtensorflow 2.21;
 * `node --cpu-prof` brings it about every time). Ctrl-C is a signal too.
 *
 * head: one thread inside an operation and no oneDNN. For layers as small as a head that is the faster choice
 * (matMul 32×1281×4: 18 us against 75 us with two threads).
 *
 * network: oneDNN with all cores. It is twice as fast a convolution, and it brings an allocator that keeps what was freed:
 * without, every large tensor is fresh memory that the system has to map first, half of the time of a step.
 * oneDNN says on stderr that it is on; nothing turns that off.
 */
const engineSettings: Record<EnginePurpose, Readonly<Record<string, string>>> = {
  head: {
    ...alike,
    TF_NUM_INTRAOP_THREADS: '1',
    TF_ENABLE_ONEDNN_OPTS: '0',
  },
  network: {
    ...alike,
    TF_NUM_INTRAOP_THREADS: String(Math.min(availableParallelism(), mostThreads)),
    TF_ENABLE_ONEDNN_OPTS: '1',
  },
};

interface Loading {
  readonly purpose: EnginePurpose;
  readonly engine: Promise<TensorFlow>;
}
let loading: Loading | undefined;

/**
 * TensorFlow with its native library, loaded once a process. For a head nothing is printed.
 * An engine that was loaded for a network serves heads too, with other last digits than an engine of their own.
 * @throws HilumError `training/engine-missing`; `training/engine-taken` for a network after a head
 */
export function loadTensorFlow(purpose: EnginePurpose = 'head'): Promise<TensorFlow> {
  if (loading?.purpose === 'head' && purpose === 'network') {
    return Promise.reject(new HilumError('training/engine-taken', { loaded: 'heads', wanted: 'fine-tuning' }));
  }
  loading ??= {
    purpose,
    engine: load(purpose).catch((error: unknown) => {
      loading = undefined;
      throw new HilumError('training/engine-missing', {}, { cause: error });
    }),
  };
  return loading.engine;
}

/** Version of the native TensorFlow library and, where it matters for the last digits, its set-up; for records and fingerprints. */
export function engineVersion(tf: TensorFlow): string {
  const backend: unknown = tf.backend();
  const binding = property(backend, 'binding');
  const version = property(binding, 'TF_Version');
  const name = typeof version === 'string' ? version : 'unknown';
  return loading?.purpose === 'network' ? `${name}, oneDNN, ${process.env.TF_NUM_INTRAOP_THREADS} threads` : name;
}

async function load(purpose: EnginePurpose): Promise<TensorFlow> {
  for (const [name, value] of Object.entries(engineSettings[purpose])) process.env[name] ??= value;
  // tfjs-node 4.22 calls both; Node 23 removed them.
  Object.assign(util, { isArray: Array.isArray, isNullOrUndefined: (value: unknown) => value == null });
  const tf = await import('@tensorflow/tfjs-node');
  await tf.ready();
  return tf;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
