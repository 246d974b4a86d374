import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * What a thread runs. A text, so that it needs no file of its own beside sources, bundle and installed app alike.
 * onnxruntime-node computes inside the call on the thread that calls it; here that is never the thread that decodes.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { InferenceSession, Tensor } = require(workerData);
let session;
const start = async (onnx) => {
  session = await InferenceSession.create(onnx, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  parentPort.postMessage({
    kind: 'ready',
    inputs: session.inputMetadata.map(({ shape }) => shape.slice(1)),
    outputs: session.outputMetadata.map(({ shape }) => shape.slice(1)),
  });
};
const answer = async ({ id, values, dims }) => {
  const results = await session.run({ [session.inputNames[0]]: new Tensor('float32', values, [1, ...dims]) });
  const answers = session.outputNames.map((name) => Float32Array.from(results[name].data));
  parentPort.postMessage({ kind: 'answer', id, answers }, answers.map(({ buffer }) => buffer));
};
const close = async () => {
  await session?.release();
  parentPort.close();
};
const handlers = { start: ({ onnx }) => start(onnx), answer, close };
parentPort.on('message', (message) => {
  handlers[message.kind](message).catch((error) => {
    parentPort.postMessage({ kind: 'failed', id: message.id ?? null, what: String(error) });
  });
});
`;

const dims = z.array(z.int().positive());
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), inputs: z.tuple([dims]), outputs: z.array(dims).min(1) }),
  z.object({ kind: z.literal('answer'), id: z.int(), answers: z.array(z.instanceof(Float32Array)) }),
  z.object({ kind: z.literal('failed'), id: z.int().nullable(), what: z.string() }),
]);

/** A network on a thread of its own; calls queue there. */
export interface EngineThread {
  /** Dimensions of one input and of each output of one image, without the batch. */
  readonly inputDims: readonly number[];
  readonly outputDims: readonly (readonly number[])[];
  /** Calls that wait for an answer. */
  readonly waiting: number;
  /**
   * @param values of one image; the buffer is handed over and cannot be read afterwards
   * @returns every output of the network
   */
  run(values: Float32Array<ArrayBuffer>): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

interface Call {
  readonly resolve: (answers: readonly Float32Array[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Starts ONNX Runtime on a thread. Rejects when the file is no network that it can load. */
export function startEngineThread(onnx: Uint8Array): Promise<EngineThread> {
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
  // Flags of the parent, such as --input-type, would change how the text is read.
  const worker = new Worker(program, { eval: true, workerData: runtime, execArgv: [] });
  const calls = new Map<number, Call>();
  const started = new Promise<EngineThread>((resolve, reject) => {
    const endAll = (reason: unknown): void => {
      reject(reason);
      for (const call of calls.values()) call.reject(reason);
      calls.clear();
    };
    worker.on('error', endAll);
    worker.once('exit', () => endAll(new Error('the engine thread has ended')));
    worker.on('message', (raw: unknown) => {
      const message = messageSchema.parse(raw);
      if (message.kind === 'ready') resolve(threadOf(worker, calls, message.inputs[0], message.outputs));
      else if (message.kind === 'answer') settle(calls, message.id)?.resolve(message.answers);
      else if (message.id !== null) settle(calls, message.id)?.reject(new Error(message.what));
      else {
        endAll(new Error(message.what));
        void worker.terminate();
      }
    });
  });
  worker.postMessage({ kind: 'start', onnx });
  return started;
}

function settle(calls: Map<number, Call>, id: number): Call | undefined {
  const call = calls.get(id);
  calls.delete(id);
  return call;
}

function threadOf(
  worker: Worker,
  calls: Map<number, Call>,
  inputDims: readonly number[],
  outputDims: readonly (readonly number[])[],
): EngineThread {
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  let nextId = 0;
  return {
    inputDims,
    outputDims,
    get waiting() {
      return calls.size;
    },
    run: (values) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        calls.set(id, { resolve, reject });
        worker.postMessage({ kind: 'answer', id, values, dims: inputDims }, [values.buffer]);
      }),
    async close() {
      worker.postMessage({ kind: 'close' });
      await ended;
    },
  };
}
