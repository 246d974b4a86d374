import type { Tensor } from '@tensorflow/tfjs-node';
import type { Attribute, Native } from '../native.ts';
import { convWithBias, fusedDepthwise } from '../one-dnn.ts';
import { type NodeOf, type Operation, type OperationOf, single, weightOfKind } from '../operation.ts';
import { activated, beforeActivation, readsOutput } from './activation.ts';
import { addedBias, biasGradient } from './bias.ts';
import { isPointwise, pointwise } from './pointwise.ts';
import { numberedWindowAttributes, windowAttributes } from './window.ts';

/** Names of one convolution in TensorFlow, and of its kernel here. */
interface Names {
  readonly forward: string;
  readonly toInput: string;
  readonly toKernel: string;
  readonly kernel: string;
}

const convNames: Names = {
  forward: 'Conv2D',
  toInput: 'Conv2DBackpropInput',
  toKernel: 'Conv2DBackpropFilter',
  kernel: 'kernel',
};

const depthwiseNames: Names = {
  forward: 'DepthwiseConv2dNative',
  toInput: 'DepthwiseConv2dNativeBackpropInput',
  toKernel: 'DepthwiseConv2dNativeBackpropFilter',
  kernel: 'depthwise_kernel',
};

/** From this size on TensorFlow's own gradient of a depthwise kernel takes half of oneDNN's time; below it is the reverse. */
const largeDepthwiseKernel = 5;

/**
 * The gradient of a 1×1 kernel with a stride is left to TensorFlow's own code: oneDNN's writes behind its memory when it has
 * more than one thread (libtensorflow 2.21, every time with two threads).
 */
export const conv: OperationOf<'conv'> = (native, node) => {
  const plain = convolution(native, node, convNames, (shape) =>
    node.kernelSize === 1 ? numberedWindowAttributes(native, node, shape) : windowAttributes(native, node),
  );
  const forward = node.bias && native.oneDnn.addsBias ? withBiasInside(native, node) : plain.forward;
  return isPointwise(node) ? pointwise(native, node, forward) : { ...plain, forward };
};

export const depthwise: OperationOf<'depthwise'> = (native, node) => {
  const plain = convolution(native, node, depthwiseNames, (shape) =>
    node.kernelSize < largeDepthwiseKernel
      ? windowAttributes(native, node)
      : numberedWindowAttributes(native, node, shape),
  );
  return node.bias && native.oneDnn.fuses ? { ...plain, forward: fusedForward(native, node) } : plain;
};

function withBiasInside(native: Native, node: NodeOf<'conv'>): Operation['forward'] {
  const window = windowAttributes(native, node);
  return (inputs, weights) => {
    const [kernel, bias] = [weightOfKind(weights, 'kernel'), weightOfKind(weights, 'bias')];
    return activated(native, node.activation, convWithBias(native, window, single(inputs), kernel, bias));
  };
}

function fusedForward(native: Native, node: NodeOf<'depthwise'>): Operation['forward'] {
  const window = windowAttributes(native, node);
  return (inputs, weights) => {
    const [kernel, bias] = [weightOfKind(weights, 'depthwise_kernel'), weightOfKind(weights, 'bias')];
    return fusedDepthwise(native, window, single(inputs), kernel, { bias, activation: node.activation });
  };
}

/** @param kernelGradient attributes of the gradient of the kernel, from the shape of the input */
function convolution(
  native: Native,
  node: NodeOf<'conv' | 'depthwise'>,
  names: Names,
  kernelGradient: (inputShape: readonly number[]) => Attribute[],
): Operation {
  const attributes = windowAttributes(native, node);
  return {
    forward: (inputs, weights) => {
      const value = native.run(names.forward, attributes, [single(inputs), weightOfKind(weights, names.kernel)]);
      const shifted = node.bias ? addedBias(native, value, weightOfKind(weights, 'bias')) : value;
      return activated(native, node.activation, shifted);
    },
    keeps: (wanted) => ({ inputs: wanted.weights.has(names.kernel), output: readsOutput(node.activation) }),
    backward: (gradient, passed, wanted) =>
      beforeActivation(native, node.activation, gradient, passed.output, (inner) => {
        const input = single(passed.inputs);
        const kernel = weightOfKind(passed.weights, names.kernel);
        const weights: Record<string, Tensor> = {};
        if (wanted.weights.has('bias')) weights.bias = biasGradient(native, inner);
        if (wanted.weights.has(names.kernel)) {
          const tensors = [input, native.integers(kernel.shape), inner];
          weights[names.kernel] = native.run(names.toKernel, kernelGradient(input.shape), tensors);
        }
        const toInput = (): Tensor =>
          native.run(names.toInput, attributes, [native.integers(input.shape), kernel, inner]);
        return { inputs: [wanted.inputs[0] ? toInput() : undefined], weights };
      }),
  };
}
