import type { Tensor2D } from '@tensorflow/tfjs-node';
import type { WeightArray } from '../domain/network.ts';
import { createAdam, type Slot } from './adam.ts';
import { type Batch, forward, gradients } from './gradient.ts';
import type { TensorFlow } from './tensorflow.ts';

/** Layers with their optimiser state, on the host. */
export interface LayerState {
  readonly parameters: readonly WeightArray[];
  readonly firstMoments: readonly WeightArray[];
  readonly secondMoments: readonly WeightArray[];
}

/** A batch as the loop makes it. Arrays are handed over: TensorFlow may go on reading them, so none is used twice. */
export interface HostBatch {
  /** Row numbers in the training matrix. */
  readonly rows: Int32Array;
  /** [rows, dimensions + 1]; undefined without dropout. */
  readonly mask: Float32Array | undefined;
  /** [rows, classes] */
  readonly targets: Float32Array;
  /** [rows] */
  readonly rowWeights: Float32Array;
}

/** A matrix of standardised features with its column of ones, [rows, dimensions + 1]. */
export interface HostMatrix {
  readonly data: Float32Array;
  readonly shape: [number, number];
}

/**
 * The tensors of one training: both matrices are uploaded once, steps run without reading anything back.
 * All tensors that outlive a call are born here and freed by `dispose`.
 * @param validation undefined when nothing is watched
 */
export function openHeadSession(
  tf: TensorFlow,
  train: HostMatrix,
  validation: HostMatrix | undefined,
  start: LayerState,
  l2: number,
) {
  const trainMatrix = tf.tensor2d(train.data, train.shape);
  const validationMatrix = validation && tf.tensor2d(validation.data, validation.shape);
  const adam = createAdam(tf);
  const penalties = l2 === 0 ? undefined : start.parameters.map((layer) => penaltyColumn(tf, layer, l2));
  let slots: Slot[] = start.parameters.map((parameter, i) => ({
    parameter: tensorOf(tf, parameter),
    firstMoment: tensorOf(tf, start.firstMoments[i]),
    secondMoment: tensorOf(tf, start.secondMoments[i]),
  }));
  const layers = (): Tensor2D[] => slots.map((slot) => slot.parameter);
  const logitsOf = (matrix: Tensor2D): Float32Array =>
    tf.tidy(() => forward(tf, matrix, layers()).logits.dataSync<'float32'>());

  return {
    /** One update. @param rate learning rate with Adam's bias correction */
    step(host: HostBatch, rate: number): void {
      const updated = tf.tidy((): Slot[] => {
        const found = gradients(tf, uploadBatch(tf, trainMatrix, host), layers(), penalties);
        const rateScalar = tf.scalar(rate);
        return slots.map((slot, i) => {
          const gradient = found[i];
          if (gradient === undefined) throw new RangeError('a layer without gradient');
          return adam.update(slot, gradient, rateScalar);
        });
      });
      tf.dispose(slots);
      slots = updated;
    },
    /** Logits of each part, [rows, classes], without dropout. */
    predict(): { readonly train: Float32Array; readonly validation: Float32Array | undefined } {
      return { train: logitsOf(trainMatrix), validation: validationMatrix && logitsOf(validationMatrix) };
    },
    read(): LayerState {
      return {
        parameters: slots.map((slot) => arrayOf(slot.parameter)),
        firstMoments: slots.map((slot) => arrayOf(slot.firstMoment)),
        secondMoments: slots.map((slot) => arrayOf(slot.secondMoment)),
      };
    },
    dispose(): void {
      tf.dispose([trainMatrix, validationMatrix, penalties ?? [], slots]);
      adam.dispose();
    },
  };
}

function uploadBatch(tf: TensorFlow, matrix: Tensor2D, host: HostBatch): Batch {
  const rows = host.rows.length;
  const gathered = tf.gather(matrix, tf.tensor1d(host.rows, 'int32'));
  const inputs: Tensor2D =
    host.mask === undefined ? gathered : tf.mul(gathered, tf.tensor2d(host.mask, [rows, matrix.shape[1]]));
  return {
    inputs,
    targets: tf.tensor2d(host.targets, [rows, host.targets.length / rows]),
    rowWeights: tf.tensor2d(host.rowWeights, [rows, 1]),
  };
}

function penaltyColumn(tf: TensorFlow, layer: WeightArray, l2: number): Tensor2D {
  const [rows = 0] = layer.shape;
  const column = new Float32Array(rows).fill(2 * l2, 0, rows - 1);
  return tf.tensor2d(column, [rows, 1]);
}

/** Copies: the array stays the caller's. */
function tensorOf(tf: TensorFlow, array: WeightArray | undefined): Tensor2D {
  const [rows = 0, units = 0] = array?.shape ?? [];
  return tf.tensor2d(Float32Array.from(array?.data ?? []), [rows, units]);
}

/** Copies: before the first operation `dataSync` hands out the uploaded array itself. */
function arrayOf(tensor: Tensor2D): WeightArray {
  return { shape: [...tensor.shape], data: Float32Array.from(tensor.dataSync<'float32'>()) };
}
