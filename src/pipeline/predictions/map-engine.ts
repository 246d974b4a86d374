import { engineThreads } from './engine.ts';
import { startEnginePool } from './engine-pool.ts';

/** The map of one node for one image. */
export interface NodeMap {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** [channels, height, width] */
  readonly values: Float32Array;
}

/** What a network answers for one image, and the maps inside it. */
export interface MapAnswer {
  readonly probabilities: Float32Array;
  /** Averaged maps, empty where the network was written without `pooled`. */
  readonly pooled: Float32Array;
  readonly maps: readonly NodeMap[];
}

/** A network that shows the maps inside it beside its answer. */
export interface MapEngine {
  /** Planes of an input, as for Engine. */
  readonly planes: 1 | 3;
  /** @param input of one image, left whole */
  run(input: Float32Array): Promise<MapAnswer>;
  close(): Promise<void>;
}

/** Starts ONNX Runtime on a network written by toOnnx with `maps`. */
export async function createMapEngine(onnx: Uint8Array, threads: number = engineThreads()): Promise<MapEngine> {
  const pool = await startEnginePool(onnx, threads);
  return {
    planes: pool.inputDims[0] === 1 ? 1 : 3,
    async run(input) {
      const outputs = await pool.run(input.slice());
      const [probabilities = none] = outputs;
      // Of the further outputs a vector holds the averaged maps.
      const pooledAt = pool.outputDims.findIndex((dims, index) => index > 0 && dims.length === 1);
      const maps = pool.outputDims.flatMap(([channels = 0, height, width], index) =>
        height === undefined || width === undefined
          ? []
          : [{ channels, height, width, values: outputs[index] ?? none }],
      );
      return { probabilities, pooled: outputs[pooledAt] ?? none, maps };
    },
    close: pool.close,
  };
}

const none = new Float32Array();
