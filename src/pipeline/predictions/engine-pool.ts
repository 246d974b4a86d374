import { type EngineThread, startEngineThread } from './engine-thread.ts';

/** One network on threads side by side. */
export interface EnginePool {
  /** Dimensions of one input and of each output of one image, without the batch. */
  readonly inputDims: readonly number[];
  readonly outputDims: readonly (readonly number[])[];
  /** Every output for one image, on the thread with the fewest calls. @param values handed over */
  run(values: Float32Array<ArrayBuffer>): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** Rejects when the file is no network that ONNX Runtime can load; no thread is left then. */
export async function startEnginePool(onnx: Uint8Array, threads: number): Promise<EnginePool> {
  const started = await Promise.allSettled(Array.from({ length: threads }, () => startEngineThread(onnx)));
  const pool = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(pool.map((thread) => thread.close()));
  };
  const failure = started.find((each) => each.status === 'rejected');
  const [first] = pool;
  if (failure !== undefined || first === undefined) {
    await close();
    throw failure?.reason ?? new RangeError(`expected at least one thread, got ${threads}`);
  }
  const { inputDims, outputDims } = first;
  return { inputDims, outputDims, run: (values) => leastBusy(pool, first).run(values), close };
}

function leastBusy(pool: readonly EngineThread[], first: EngineThread): EngineThread {
  return pool.reduce((best, thread) => (thread.waiting < best.waiting ? thread : best), first);
}
