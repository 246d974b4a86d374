import type { Tensor } from '@tensorflow/tfjs-node';
import type { Activation } from '../../domain/network.ts';
import type { Native } from './native.ts';

type Runner = Pick<Native, 'tf' | 'run' | 'attributes'>;

/**
 * oneDNN's operations that do in one pass over memory what takes TensorFlow's public ones two or three.
 * They are private to the library and missing in builds without oneDNN.
 */
export interface OneDnn {
  /** Convolution with bias. */
  readonly addsBias: boolean;
  /** Depthwise convolution and product of matrices with bias and activation; asks for a binding that passes lists of strings. */
  readonly fuses: boolean;
}

/** Asks by doing it once. */
export function probeOneDnn(runner: Runner): OneDnn {
  const { tf, attributes } = runner;
  const window = [
    attributes.float('T'),
    attributes.integers('strides', [1, 1, 1, 1]),
    attributes.text('padding', 'SAME'),
    attributes.text('data_format', 'NHWC'),
    attributes.integers('dilations', [1, 1, 1, 1]),
  ];
  const [input, kernel, bias] = [tf.fill([1, 2, 2, 1], 3), tf.fill([1, 1, 1, 1], 2), tf.fill([1], 1)];
  const [matrix, square] = [tf.fill([1, 1], 3), tf.fill([1, 1], 2)];
  const gives = (expected: number, run: () => Tensor): boolean => {
    try {
      const value = run();
      const isRight = value.dataSync().every((each) => each === expected);
      value.dispose();
      return isRight;
    } catch {
      return false;
    }
  };
  const fused = { bias, activation: 'relu6' } as const;
  const found = {
    addsBias: gives(7, () => convWithBias(runner, window, input, kernel, bias)),
    fuses:
      gives(6, () => fusedDepthwise(runner, window, input, kernel, fused)) &&
      gives(6, () => fusedProduct(runner, matrix, square, fused)),
  };
  tf.dispose([input, kernel, bias, matrix, square]);
  return found;
}

/** What is done to a value in the same pass. */
interface Fused {
  readonly bias: Tensor;
  readonly activation: Activation;
}

const activationNames: Record<Activation, readonly string[]> = {
  linear: [],
  softmax: [],
  sigmoid: [],
  tanh: [],
  relu: ['Relu'],
  relu6: ['Relu6'],
};

export function convWithBias(
  { run, attributes }: Pick<Native, 'run' | 'attributes'>,
  window: Parameters<Native['run']>[1],
  input: Tensor,
  kernel: Tensor,
  bias: Tensor,
): Tensor {
  return run('_MklNativeConv2DWithBias', [...window, label(attributes)], [input, kernel, bias]);
}

export function fusedDepthwise(
  { run, attributes }: Pick<Native, 'run' | 'attributes'>,
  window: Parameters<Native['run']>[1],
  input: Tensor,
  kernel: Tensor,
  fused: Fused,
): Tensor {
  const all = [...window, ...fusedAttributes(attributes, fused.activation)];
  return run('_MklNativeFusedDepthwiseConv2dNative', all, [input, kernel, fused.bias]);
}

/** a × b + bias, activated; large ones only, see `isLargeProduct`. */
export function fusedProduct(
  { run, attributes }: Pick<Native, 'run' | 'attributes'>,
  a: Tensor,
  b: Tensor,
  fused: Fused,
): Tensor {
  const all = [
    attributes.float('T'),
    attributes.flag('transpose_a', false),
    attributes.flag('transpose_b', false),
    ...fusedAttributes(attributes, fused.activation),
  ];
  return run('_MklNativeFusedMatMul', all, [a, b, fused.bias]);
}

function fusedAttributes(attributes: Native['attributes'], activation: Activation) {
  return [
    attributes.integer('num_args', 1),
    attributes.texts('fused_ops', ['BiasAdd', ...activationNames[activation]]),
    label(attributes),
  ];
}

/** Chooses the kernels that are registered under oneDNN's own label. */
function label(attributes: Native['attributes']) {
  return attributes.text('_kernel', 'MklNameChangeOp');
}
