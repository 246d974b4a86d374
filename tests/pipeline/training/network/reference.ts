import type { Tensor, Tensor4D } from '@tensorflow/tfjs-node';
import type { NetworkNode, WeightedNetwork } from '../../../../src/pipeline/domain/network.ts';
import type { PixelBatch, TensorFlow } from '../../../../src/pipeline/training/index.ts';

type Node<Op extends NetworkNode['op']> = Extract<NetworkNode, { op: Op }>;
type Value = (name: string) => Tensor;

/**
 * Gradients by tfjs' own tape.
 * @param backend `cpu`: in JavaScript, so that no native operation has a part in them, and slow
 * @returns arrays by weight name
 */
export async function referenceGradients(
  tf: TensorFlow,
  whole: WeightedNetwork,
  batch: PixelBatch,
  names: readonly string[],
  backend: 'cpu' | 'tensorflow',
): Promise<Map<string, Float32Array>> {
  const before = tf.getBackend();
  await tf.setBackend(backend);
  try {
    const gradients = new Map<string, Float32Array>();
    tf.tidy(() => {
      const weights = new Map(
        [...whole.weights].map(([name, { shape, data }]) => [name, tf.tensor(data.slice(), [...shape])]),
      );
      const loss = (...changed: Tensor[]) => {
        const now = new Map([...weights, ...names.map((name, i) => [name, changed[i]] as const)]);
        return lossOf(tf, whole, batch, (name) => known(now.get(name)));
      };
      const found = tf.grads(loss)(names.map((name) => known(weights.get(name))));
      names.forEach((name, i) => {
        gradients.set(name, Float32Array.from(known(found[i]).dataSync<'float32'>()));
      });
    });
    return gradients;
  } finally {
    await tf.setBackend(before);
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a tensor');
  return value;
}

function lossOf(tf: TensorFlow, { network }: WeightedNetwork, batch: PixelBatch, weight: Value) {
  const { size, channels } = network.input;
  const values = new Map<string, Tensor>([
    ['input', tf.tensor(batch.pixels.slice(), [batch.rows, size, size, channels])],
  ]);
  const value = (name: string): Tensor => known(values.get(name));
  const mask = batch.mask && tf.tensor(batch.mask.slice(), [batch.rows, batch.mask.length / batch.rows]);
  for (const node of network.nodes) values.set(node.name, forward(tf, node, value, weight, mask));
  const logits = value(network.output);
  const targets = tf.tensor(batch.targets.slice(), [batch.rows, batch.targets.length / batch.rows]);
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets))).asScalar();
}

function forward(tf: TensorFlow, node: NetworkNode, value: Value, weight: Value, mask: Tensor | undefined): Tensor {
  const own = (kind: string): Tensor => weight(`${node.name}/${kind}`);
  switch (node.op) {
    case 'conv':
    case 'depthwise': {
      const product = convolved(tf, node, value(node.input), own);
      return activated(tf, node.activation, node.bias ? tf.add(product, own('bias')) : product);
    }
    case 'batchNorm': {
      const scale = tf.mul(own('gamma'), tf.rsqrt(tf.add(own('moving_variance'), node.epsilon)));
      return tf.add(tf.mul(tf.sub(value(node.input), own('moving_mean')), scale), own('beta'));
    }
    case 'activation':
      return activated(tf, node.activation, value(node.input));
    case 'pad': {
      const [top, bottom, left, right] = node.pads;
      const pads: [number, number][] = [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ];
      return tf.pad(value(node.input), pads);
    }
    case 'maxPool':
      return tf.maxPool(value(node.input).as4D(...shapeOf(value(node.input))), node.poolSize, node.stride, 'valid');
    case 'add':
      return tf.add(value(node.inputs[0]), value(node.inputs[1]));
    case 'globalAveragePool':
      return tf.mean(value(node.input), [1, 2]);
    case 'concat':
      return node.inputs.length === 1 ? value(node.inputs[0] ?? '') : tf.concat(node.inputs.map(value), 1);
    case 'dropout':
      return mask === undefined || node.name !== 'head_dropout' ? value(node.input) : tf.mul(value(node.input), mask);
    case 'dense':
      return activated(tf, node.activation, tf.add(tf.matMul(value(node.input), own('kernel')), own('bias')));
    case 'averagePool':
    case 'globalMaxPool':
    case 'flatten':
    case 'leakyRelu':
      throw new RangeError(`${node.op} is never trained through`);
  }
}

function convolved(tf: TensorFlow, node: Node<'conv' | 'depthwise'>, x: Tensor, own: Value): Tensor {
  const input: Tensor4D = x.as4D(...shapeOf(x));
  const kernel = own(node.op === 'conv' ? 'kernel' : 'depthwise_kernel');
  const filter: Tensor4D = kernel.as4D(...shapeOf(kernel));
  return node.op === 'conv'
    ? tf.conv2d(input, filter, node.stride, node.padding)
    : tf.depthwiseConv2d(input, filter, node.stride, node.padding);
}

function activated(tf: TensorFlow, activation: Node<'activation'>['activation'], x: Tensor): Tensor {
  if (activation === 'relu') return tf.relu(x);
  return activation === 'relu6' ? tf.relu6(x) : x;
}

function shapeOf({ shape }: Tensor): [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = shape;
  return [a, b, c, d];
}
