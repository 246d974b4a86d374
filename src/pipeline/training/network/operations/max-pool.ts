import { type OperationOf, single } from '../operation.ts';

export const maxPool: OperationOf<'maxPool'> = (native, node) => {
  const { attributes } = native;
  const all = [
    attributes.float('T'),
    attributes.integers('ksize', [1, node.poolSize, node.poolSize, 1]),
    attributes.integers('strides', [1, node.stride, node.stride, 1]),
    attributes.text('padding', node.padding === 'same' ? 'SAME' : 'VALID'),
    attributes.text('data_format', 'NHWC'),
  ];
  return {
    forward: (inputs) => native.run('MaxPool', all, [single(inputs)]),
    keeps: () => ({ inputs: true, output: true }),
    backward: (gradient, { inputs, output }) => ({
      inputs: [native.run('MaxPoolGrad', all, [single(inputs), output, gradient])],
      weights: {},
    }),
  };
};
