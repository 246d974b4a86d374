import type { Scalar, Tensor2D } from '@tensorflow/tfjs-node';
import type { TensorFlow } from './tensorflow.ts';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** A layer's numbers with Adam's running means of gradient and squared gradient. */
export type Slot = {
  readonly parameter: Tensor2D;
  readonly firstMoment: Tensor2D;
  readonly secondMoment: Tensor2D;
};

/**
 * Learning rate with Adam's bias correction (Kingma and Ba 2015, end of section 2), computed in doubles from the step
 * number. tf.train.adam multiplies 32-bit powers up from step to step instead, which cannot be restored bit by bit.
 * @param step updates made so far, this one included
 */
export function correctedRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
}

/** Adam for one TensorFlow session; its constants live on the device until `dispose`. */
export function createAdam(tf: TensorFlow) {
  const gain1 = tf.scalar(1 - beta1);
  const gain2 = tf.scalar(1 - beta2);
  const tiny = tf.scalar(epsilon);
  return {
    /** New tensors for the slot; the old ones are left to the caller. */
    update(slot: Slot, gradient: Tensor2D, rate: Scalar): Slot {
      const { parameter, firstMoment, secondMoment } = slot;
      const first: Tensor2D = tf.add(firstMoment, tf.mul(gain1, tf.sub(gradient, firstMoment)));
      const second: Tensor2D = tf.add(secondMoment, tf.mul(gain2, tf.sub(tf.square(gradient), secondMoment)));
      const move: Tensor2D = tf.div(tf.mul(rate, first), tf.add(tf.sqrt(second), tiny));
      return { parameter: tf.sub(parameter, move), firstMoment: first, secondMoment: second };
    },
    dispose(): void {
      tf.dispose([gain1, gain2, tiny]);
    },
  };
}
export type Adam = ReturnType<typeof createAdam>;
