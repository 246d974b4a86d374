import { type OperationOf, single } from '../operation.ts';

export const globalAveragePool: OperationOf<'globalAveragePool'> = (native) => {
  const { tf, attributes } = native;
  return {
    forward: (inputs) => tf.mean(single(inputs), [1, 2]),
    keeps: () => ({ inputs: false, output: false }),
    backward: (gradient, passed) => {
      const { shape } = single(passed.inputs);
      const [rows = 0, height = 0, width = 0, channels = 0] = shape;
      const share = tf.mul(gradient, native.constant(1 / (height * width)));
      const pixel = share.reshape([rows, 1, 1, channels]);
      share.dispose();
      const all = [attributes.float('T'), attributes.int32('Tidx')];
      return { inputs: [native.through('BroadcastTo', all, pixel, native.integers(shape))], weights: {} };
    },
  };
};
