import type { Tensor } from '@tensorflow/tfjs-node';
import type { Network } from '../../domain/network.ts';
import type { PixelBatch } from '../network-types.ts';
import type { Native } from './native.ts';
import { type ReadWeights, runBackward, runForward } from './pass.ts';
import { planOf, type Step } from './plan.ts';
import { openValues } from './values.ts';

/** A network whose nodes are ready to run. */
export interface Runnable {
  readonly network: Network;
  readonly steps: readonly Step[];
  readonly weightsOf: ReadWeights;
}

/**
 * The gradient of Σ weight × cross-entropy / rows for each wanted weight, from the head down.
 * Nothing below the lowest of them is differentiated.
 * @param take called with each gradient, which it disposes of, once nothing reads that weight any more
 */
export function differentiate(
  native: Native,
  { network, steps, weightsOf }: Runnable,
  batch: PixelBatch,
  isWanted: (weight: string) => boolean,
  take: (weight: string, gradient: Tensor) => void,
): void {
  const plan = planOf(network, steps, isWanted);
  const values = openValues(plan.readings);
  const mask = batch.mask && native.tf.tensor(batch.mask, [batch.rows, batch.mask.length / batch.rows]);
  const pass = { mask };
  try {
    runForward(native, plan, values, pixelTensor(native, network, batch.pixels, batch.rows), weightsOf, pass);
    const gradient = logitsGradient(native, values.get(network.output), batch);
    values.release(network.output);
    runBackward(native, plan, values, { gradient, output: network.output }, weightsOf, pass, take);
  } finally {
    values.dispose();
    mask?.dispose();
  }
}

/** What the network says before softmax, [rows, classes]. */
export function logitsOf(
  native: Native,
  { network, steps, weightsOf }: Runnable,
  pixels: Float32Array,
  rows: number,
): Float32Array {
  const plan = planOf(network, steps, () => false);
  const values = openValues(plan.readings);
  try {
    runForward(native, plan, values, pixelTensor(native, network, pixels, rows), weightsOf, { mask: undefined });
    return Float32Array.from(values.get(network.output).dataSync<'float32'>());
  } finally {
    values.dispose();
  }
}

function pixelTensor(
  { tf }: Native,
  { input: { size, channels } }: Network,
  pixels: Float32Array,
  rows: number,
): Tensor {
  return tf.tensor(pixels, [rows, size, size, channels]);
}

/** Row weight × softmax - target. */
function logitsGradient({ tf }: Native, logits: Tensor, { rows, targets, rowWeights }: PixelBatch): Tensor {
  return tf.tidy(() => {
    const weighted = tf.mul(tf.softmax(logits), tf.tensor(rowWeights, [rows, 1]));
    return tf.sub(weighted, tf.tensor(targets, [rows, targets.length / rows]));
  });
}
