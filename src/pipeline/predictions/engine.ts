import { availableParallelism } from 'node:os';
import { startEnginePool } from './engine-pool.ts';

export interface EngineOptions {
  /** Images computed at the same time, each on one thread. Results do not depend on it. */
  readonly threads: number;
}

/** A network ready to answer. */
export interface Engine {
  /** Height and width of the input in pixels. */
  readonly size: number;
  /** Planes of an input: 1 where all channels carry the same grey and the network reads one of them. */
  readonly planes: 1 | 3;
  /** Values that one image answers with: classes, or feature dimensions. */
  readonly outputLength: number;
  /** Averaged maps that `look` gives; 0 where the network was written without `pooled`. */
  readonly pooledLength: number;
  /**
   * Answers for `count` images; row i depends on image i alone, to the bit. Calls may overlap and should, at least as
   * many as there are threads.
   * @param input count × size × size × 3, rows, columns, channels. A network for grey (one plane) reads the first
   * channel of it, or count × size × size values as they are.
   * @returns count × outputLength
   */
  run(input: Float32Array, count: number): Promise<Float32Array>;
  /** The answer for one image beside its averaged maps; those are empty where the network was written without `pooled`. */
  look(input: Float32Array): Promise<Look>;
  close(): Promise<void>;
}

export interface Look {
  readonly answers: Float32Array;
  readonly pooled: Float32Array;
}

/** Decoding and the contract take a core's third for each thread of the engine: more threads than this starve. */
const mostThreads = 4;

/** Threads of an engine that was not told how many. */
export function engineThreads(): number {
  return Math.min(mostThreads, availableParallelism());
}

/**
 * Starts ONNX Runtime on a network written by toOnnx. It prints nothing.
 * One image a call on single-threaded sessions side by side is the fastest form: each layer's maps stay in the
 * processor's cache, and no core spins while another works (two threads inside one call cost twice the processor time
 * as soon as decoding runs beside them).
 */
export async function createEngine(
  onnx: Uint8Array,
  { threads }: EngineOptions = { threads: engineThreads() },
): Promise<Engine> {
  const pool = await startEnginePool(onnx, threads);
  const { inputDims } = pool;
  const outputLength = pool.outputDims[0]?.[0] ?? 0;
  return {
    // [1, size, size] or [size, size, channels]
    size: inputDims[1] ?? 0,
    planes: inputDims[0] === 1 ? 1 : 3,
    outputLength,
    pooledLength: pool.outputDims[1]?.length === 1 ? (pool.outputDims[1][0] ?? 0) : 0,
    async run(input, count) {
      const images = split(input, count, inputDims);
      const rows = await Promise.all(images.map((values) => pool.run(values)));
      const answers = new Float32Array(count * outputLength);
      for (const [index, [row = none]] of rows.entries()) answers.set(row, index * outputLength);
      return answers;
    },
    async look(input) {
      const rows = await Promise.all(split(input, 1, inputDims).map((values) => pool.run(values)));
      const [answers = none, pooled = none] = rows[0] ?? [];
      return { answers, pooled };
    },
    close: pool.close,
  };
}

const none = new Float32Array();

/** One array an image, a copy: it travels to a thread and leaves the caller's input whole. */
function split(input: Float32Array, count: number, dims: readonly number[]): Float32Array<ArrayBuffer>[] {
  const needed = dims.reduce((product, length) => product * length, 1);
  const given = input.length / count;
  const takesGreyOfThree = dims[0] === 1 && given === 3 * needed;
  if (given !== needed && !takesGreyOfThree) {
    throw new RangeError(`expected ${count} x ${needed} values, got ${input.length}`);
  }
  return Array.from({ length: count }, (_, index) => {
    const values = input.subarray(index * given, (index + 1) * given);
    return takesGreyOfThree ? firstChannel(values) : values.slice();
  });
}

function firstChannel(input: Float32Array): Float32Array<ArrayBuffer> {
  const grey = new Float32Array(input.length / 3);
  for (let index = 0; index < grey.length; index++) grey[index] = input[3 * index] ?? 0;
  return grey;
}
