import type { Tensor } from '@tensorflow/tfjs-node';
import { type OperationOf, single, type WeightTensors, weightOfKind } from '../operation.ts';

/**
 * Always in inference mode: value * scale + shift with the stored mean and variance, which no step changes. That is what the
 * deployed network computes, and a batch of sixteen has no statistics worth learning.
 */
export const batchNorm: OperationOf<'batchNorm'> = (native, node) => {
  const { attributes, tf } = native;
  const shared = [
    attributes.float('T'),
    attributes.float('U'),
    attributes.real('epsilon', node.epsilon),
    attributes.text('data_format', 'NHWC'),
    attributes.flag('is_training', false),
  ];
  const forwardAttributes = [...shared, attributes.real('exponential_avg_factor', 1)];
  const statistics = (weights: WeightTensors) =>
    [weightOfKind(weights, 'moving_mean'), weightOfKind(weights, 'moving_variance')] as const;
  return {
    forward: (inputs, weights) => {
      const input = asMap(single(inputs));
      const [gamma, beta] = [weightOfKind(weights, 'gamma'), weightOfKind(weights, 'beta')];
      const tensors = [input, gamma, beta, ...statistics(weights)];
      const [output, ...unused] = native.runMany('FusedBatchNormV3', forwardAttributes, tensors, 6);
      tf.dispose([input, ...unused]);
      return restored(output, single(inputs));
    },
    keeps: () => ({ inputs: true, output: false }),
    backward: (gradient, passed, wanted) => {
      const input = asMap(single(passed.inputs));
      const outer = asMap(gradient);
      const [mean, variance] = statistics(passed.weights);
      const tensors = [outer, input, weightOfKind(passed.weights, 'gamma'), mean, variance, native.constant(0)];
      const [toInput, gamma, beta, ...unused] = native.runMany('FusedBatchNormGradV3', shared, tensors, 5);
      tf.dispose([input, outer, ...unused]);
      const inputs = [wanted.inputs[0] ? restored(toInput, gradient) : undefined];
      const found = { gamma, beta };
      const weights: Record<string, Tensor> = {};
      for (const kind of ['gamma', 'beta'] as const) {
        const tensor = found[kind];
        if (tensor !== undefined && wanted.weights.has(kind)) weights[kind] = tensor;
        else tensor?.dispose();
      }
      if (!wanted.inputs[0]) toInput?.dispose();
      return { inputs, weights };
    },
  };
};

/** The native operation takes maps only: a vector becomes a map of one pixel. */
function asMap(value: Tensor): Tensor {
  const [rows = 0] = value.shape;
  return value.rank === 4 ? value.clone() : value.reshape([rows, 1, 1, -1]);
}

function restored(value: Tensor | undefined, like: Tensor): Tensor {
  if (value === undefined) throw new RangeError('batch normalisation gave nothing');
  if (like.rank === 4) return value;
  const shaped = value.reshape(like.shape);
  value.dispose();
  return shaped;
}
