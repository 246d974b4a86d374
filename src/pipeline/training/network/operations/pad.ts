import { type OperationOf, single } from '../operation.ts';

/** Zeros around a map. */
export const pad: OperationOf<'pad'> = (native, { pads: [top, bottom, left, right] }) => {
  const attributes = [native.attributes.float('T'), native.attributes.int32('Tpaddings')];
  return {
    forward: (inputs) => {
      const paddings = native.integers([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
      return native.run('Pad', attributes, [single(inputs), paddings]);
    },
    keeps: () => ({ inputs: false, output: false }),
    backward: (gradient, passed) => ({
      inputs: [native.tf.slice(gradient, [0, top, left, 0], single(passed.inputs).shape)],
      weights: {},
    }),
  };
};
