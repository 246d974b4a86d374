import type { WeightArray } from '../domain/network.ts';

/** A batch of pictures as the contract gives them. Arrays are handed over: TensorFlow may go on reading them. */
export interface PixelBatch {
  readonly rows: number;
  /** [rows, size, size, 3], rows, columns, channels. */
  readonly pixels: Float32Array;
  /** [rows, classes]: weight of the row / rows, spread over its classes (smoothing, mixup); 0 elsewhere. */
  readonly targets: Float32Array;
  /** [rows]: weight of the row / rows. */
  readonly rowWeights: Float32Array;
  /** [rows, feature dimensions], inverted dropout before the head; undefined without. */
  readonly mask: Float32Array | undefined;
}

/** What training changes, by weight name (`<node>/<kind>`), with Adam's running means. */
export interface NetworkState {
  readonly parameters: ReadonlyMap<string, WeightArray>;
  readonly firstMoments: ReadonlyMap<string, WeightArray>;
  readonly secondMoments: ReadonlyMap<string, WeightArray>;
}

/** Tensors of one fine-tuning: weights live on the device, every tensor is freed by `dispose`. */
export interface NetworkSession {
  /**
   * One Adam update of Σ weight × cross-entropy / rows + l2 × Σ (head kernels)².
   * @param rates learning rate with Adam's bias correction by weight name; a weight that is absent is frozen in this step,
   * and nothing below the lowest one that is present is differentiated
   */
  step(batch: PixelBatch, rates: ReadonlyMap<string, number>): void;
  /** Logits [rows, classes] without dropout; frozen, BatchNorm in inference mode. */
  predict(pixels: Float32Array, rows: number): Float32Array;
  read(): NetworkState;
  dispose(): void;
}
