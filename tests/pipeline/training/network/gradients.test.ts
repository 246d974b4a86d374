import { beforeAll, describe, expect, it } from 'vitest';
import type { Network, WeightedNetwork } from '../../../../src/pipeline/domain/network.ts';
import { loadTensorFlow, type PixelBatch, type TensorFlow } from '../../../../src/pipeline/training/index.ts';
import { differentiate } from '../../../../src/pipeline/training/network/differentiate.ts';
import { openNative } from '../../../../src/pipeline/training/network/native.ts';
import { runnableOf } from '../../../../src/pipeline/training/network/session.ts';
import { openVariables } from '../../../../src/pipeline/training/network/variables.ts';
import { randomNetwork, withRandomWeights } from '../../network/random-network.ts';
import { randomBatch, trainableNames } from './batch.ts';
import { referenceGradients } from './reference.ts';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await loadTensorFlow('network');
});

function ownGradients(whole: WeightedNetwork, batch: PixelBatch, names: readonly string[]): Map<string, Float32Array> {
  const native = openNative(tf);
  const variables = openVariables(native, whole.weights, new Set(names), undefined);
  const found = new Map<string, Float32Array>();
  differentiate(
    native,
    runnableOf(native, whole, variables),
    { ...batch, pixels: batch.pixels.slice() },
    (name) => names.includes(name),
    (name, gradient) => {
      found.set(name, Float32Array.from(gradient.dataSync<'float32'>()));
      gradient.dispose();
    },
  );
  variables.dispose();
  native.dispose();
  return found;
}

async function expectEqualGradients(
  whole: WeightedNetwork,
  batch: PixelBatch,
  names: readonly string[],
  backend: 'cpu' | 'tensorflow' = 'cpu',
) {
  const tensors = tf.memory().numTensors;
  const own = ownGradients(whole, batch, names);
  expect(tf.memory().numTensors).toBe(tensors);
  const reference = await referenceGradients(tf, whole, batch, names, backend);
  expect(new Set(own.keys())).toEqual(new Set(names));
  for (const [name, expected] of reference) {
    const gradient = own.get(name) ?? new Float32Array();
    expect(gradient.length).toBe(expected.length);
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (gradient[i] ?? Number.NaN))), 0);
    expect(worst / scale, name).toBeLessThan(1e-4);
  }
}

describe('gradients of a network', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))(
    'equal those of the tape on random network %i',
    async (seed) => {
      const whole = randomNetwork(seed);
      await expectEqualGradients(whole, randomBatch(whole.network, seed, 3, 3), trainableNames(whole));
    },
  );

  it.each([1, 2])('hold for large layers, weights %i', async (seed) => {
    const whole = withRandomWeights(large, seed);
    await expectEqualGradients(whole, randomBatch(large, seed, 8, 3), trainableNames(whole), 'tensorflow');
  });

  it('of a 1x1 kernel with a stride are found again and again without harm to the memory', () => {
    const stem = { op: 'conv', name: 'stem', input: 'input', filters: 4, kernelSize: 1, stride: 2 } as const;
    const whole = withRandomWeights(
      {
        input: { size: 12, channels: 3 },
        nodes: [
          { ...stem, padding: 'same', bias: true, activation: 'linear' },
          { op: 'globalAveragePool', name: 'pooled', input: 'stem' },
          { op: 'dense', name: 'head', input: 'pooled', units: 3, activation: 'softmax' },
        ],
        output: 'head',
      },
      1,
    );
    const names = trainableNames(whole);
    // oneDNN's own gradient ended the process within these rounds every time.
    const found = Array.from({ length: 400 }, () =>
      ownGradients(whole, randomBatch(whole.network, 7, 3, 3), names).get('stem/kernel'),
    );
    expect(found.every((gradient) => gradient?.every(Number.isFinite))).toBe(true);
    expect(new Set(found.map((gradient) => gradient?.join())).size).toBe(1);
  });

  it('hold with dropout before the head and are found for the wanted weights alone', async () => {
    const whole = withRandomWeights(everyKind, 5);
    const batch = randomBatch(everyKind, 5, 4, 3, 8);
    await expectEqualGradients(whole, batch, trainableNames(whole));
    await expectEqualGradients(whole, batch, ['head/kernel', 'head/bias']);
    await expectEqualGradients(whole, batch, ['norm/gamma', 'b/depthwise_kernel']);
    await expectEqualGradients(whole, batch, ['norm/beta']);
  });
});

/** Large enough for the operations that are kept to large products, with a depthwise kernel beside each way of its gradient. */
const large: Network = {
  input: { size: 32, channels: 3 },
  nodes: [
    {
      op: 'conv',
      name: 'stem',
      input: 'input',
      filters: 64,
      kernelSize: 3,
      stride: 1,
      padding: 'same',
      bias: true,
      activation: 'relu',
    },
    {
      op: 'conv',
      name: 'wide',
      input: 'stem',
      filters: 64,
      kernelSize: 1,
      stride: 1,
      padding: 'same',
      bias: true,
      activation: 'relu6',
    },
    {
      op: 'depthwise',
      name: 'five',
      input: 'wide',
      kernelSize: 5,
      stride: 2,
      padding: 'same',
      bias: true,
      activation: 'relu6',
    },
    {
      op: 'depthwise',
      name: 'three',
      input: 'five',
      kernelSize: 3,
      stride: 1,
      padding: 'same',
      bias: true,
      activation: 'linear',
    },
    { op: 'globalAveragePool', name: 'features', input: 'three' },
    { op: 'dense', name: 'head', input: 'features', units: 3, activation: 'softmax' },
  ],
  output: 'head',
};

const pointwise = { kernelSize: 1, stride: 1, padding: 'same', bias: true } as const;
const everyKind: Network = {
  input: { size: 9, channels: 3 },
  nodes: [
    { op: 'pad', name: 'pad', input: 'input', pads: [0, 1, 0, 1] },
    {
      op: 'conv',
      name: 'a',
      input: 'pad',
      filters: 4,
      kernelSize: 3,
      stride: 2,
      padding: 'valid',
      bias: false,
      activation: 'linear',
    },
    { op: 'batchNorm', name: 'norm', input: 'a', epsilon: 1e-3 },
    { op: 'activation', name: 'relu', input: 'norm', activation: 'relu6' },
    {
      op: 'depthwise',
      name: 'b',
      input: 'relu',
      kernelSize: 3,
      stride: 1,
      padding: 'same',
      bias: true,
      activation: 'relu',
    },
    { op: 'conv', name: 'c', input: 'b', filters: 4, ...pointwise, activation: 'linear' },
    { op: 'add', name: 'sum', inputs: ['c', 'relu'] },
    { op: 'maxPool', name: 'pool', input: 'sum', poolSize: 2, stride: 2 },
    { op: 'globalAveragePool', name: 'low', input: 'sum' },
    { op: 'globalAveragePool', name: 'high', input: 'pool' },
    { op: 'concat', name: 'features', inputs: ['low', 'high'] },
    { op: 'dropout', name: 'head_dropout', input: 'features', rate: 0.3 },
    { op: 'dense', name: 'head_hidden', input: 'head_dropout', units: 5, activation: 'relu' },
    { op: 'dense', name: 'head', input: 'head_hidden', units: 3, activation: 'softmax' },
  ],
  output: 'head',
};
