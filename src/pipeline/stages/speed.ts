import type { Contract } from '../domain/contract.ts';
import { type SpeedInput, speedInputSchema } from '../domain/stage-inputs.ts';
import { applyContract } from '../images/index.ts';
import { goldenImage } from '../phantom/index.ts';
import { type Engine, engineThreads } from '../predictions/index.ts';
import { throwIfCancelled } from './cancel.ts';
import { openSealedEngine } from './sealed-engine.ts';
import type { Stage } from './stage.ts';

export interface SpeedReport {
  readonly engine: string;
  /** The network alone: no file is read or decoded. */
  readonly imagesPerSecond: number;
  readonly images: number;
  readonly threads: number;
}

/** Different pictures, so that no cache of the processor answers instead of the network. */
const differentInputs = 8;

/** How many images a second a sealed model answers on this machine, measured after a warm-up. */
export const speed: Stage<SpeedInput> = {
  input: speedInputSchema,
  async run({ model: folder, forMs }, context): Promise<SpeedReport> {
    const { model, engine } = await openSealedEngine(folder);
    try {
      const threads = engineThreads();
      const inputs = inputsOf(model.contract, engine);
      await measure(engine, inputs, threads, forMs / 4);
      throwIfCancelled(context.signal);
      const { images, elapsedMs } = await measure(engine, inputs, threads, forMs);
      return { engine: 'ONNX Runtime', imagesPerSecond: (images / elapsedMs) * 1000, images, threads };
    } finally {
      await engine.close();
    }
  },
};

function inputsOf(contract: Contract, engine: Engine): Float32Array[] {
  const [domain = 'display'] = contract.domains;
  return Array.from({ length: differentInputs }, (_, index) =>
    applyContract(goldenImage(index + 1, domain), contract, engine.planes),
  );
}

/** As many images as begin within `forMs`; each thread has its next one waiting. */
async function measure(
  engine: Engine,
  inputs: readonly Float32Array[],
  threads: number,
  forMs: number,
): Promise<{ images: number; elapsedMs: number }> {
  const startedMs = performance.now();
  let images = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - startedMs < forMs) {
      const input = inputs[images % inputs.length];
      if (input === undefined) return;
      images++;
      await engine.run(input, 1);
    }
  };
  await Promise.all(Array.from({ length: 2 * threads }, lane));
  return { images, elapsedMs: performance.now() - startedMs };
}
