import type { Tensor2D } from '@tensorflow/tfjs-node';
import type { TensorFlow } from './tensorflow.ts';

/** One batch. Every matrix carries a last column of ones where a layer has a bias. */
export interface Batch {
  /** [rows, dimensions + 1], dropout applied. */
  readonly inputs: Tensor2D;
  /** [rows, classes]: weight of the row / rows in the column of its class, 0 elsewhere. */
  readonly targets: Tensor2D;
  /** [rows, 1]: weight of the row / rows. */
  readonly rowWeights: Tensor2D;
}

/** Values of the network before softmax, with the hidden layer's (ones joined) when there is one. */
interface Forward {
  readonly hidden: Tensor2D | undefined;
  readonly logits: Tensor2D;
}

/** @param layers one or two of [inputs + 1, units] */
export function forward(tf: TensorFlow, inputs: Tensor2D, layers: readonly Tensor2D[]): Forward {
  const [first, second] = layers;
  if (first === undefined) throw new RangeError('a head has at least one layer');
  const product: Tensor2D = tf.matMul(inputs, first);
  if (second === undefined) return { hidden: undefined, logits: product };
  const hidden: Tensor2D = tf.pad(
    tf.relu(product),
    [
      [0, 0],
      [0, 1],
    ],
    1,
  );
  return { hidden, logits: tf.matMul(hidden, second) };
}

/**
 * Gradient of Σ weight × cross-entropy / rows + l2 × Σ kernel² for each layer, written out by hand: a third of the
 * operations that tf.variableGrads runs for a network this small.
 * @param penalties one a layer, [inputs + 1, 1]: 2 × l2, but 0 for the bias row; undefined without L2
 */
export function gradients(
  tf: TensorFlow,
  batch: Batch,
  layers: readonly Tensor2D[],
  penalties: readonly Tensor2D[] | undefined,
): Tensor2D[] {
  const { hidden, logits } = forward(tf, batch.inputs, layers);
  const weighted: Tensor2D = tf.mul(tf.softmax(logits), batch.rowWeights);
  const logitsGradient: Tensor2D = tf.sub(weighted, batch.targets);
  const raw: Tensor2D[] = [];
  const [, second] = layers;
  if (hidden !== undefined && second !== undefined) {
    const [, joined] = hidden.shape;
    const throughSecond = tf.matMul(logitsGradient, second, false, true);
    // relu's output is never negative, so its sign is relu's derivative; the column of ones is cut off.
    const throughRelu = tf.slice(tf.mul(throughSecond, tf.sign(hidden)), [0, 0], [-1, joined - 1]);
    raw.push(tf.matMul(batch.inputs, throughRelu, true), tf.matMul(hidden, logitsGradient, true));
  } else {
    raw.push(tf.matMul(batch.inputs, logitsGradient, true));
  }
  return raw.map((gradient, i) => {
    const layer = layers[i];
    const penalty = penalties?.[i];
    return layer === undefined || penalty === undefined ? gradient : tf.add(gradient, tf.mul(layer, penalty));
  });
}
