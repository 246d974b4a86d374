import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WeightedNetwork } from '../../../src/pipeline/domain/network.ts';
import { type FeatureMap, gradCam, pooled } from '../../../src/pipeline/explain/grad-cam.ts';
import { headOf } from '../../../src/pipeline/explain/head.ts';
import { toOnnx } from '../../../src/pipeline/network/index.ts';
import { createEngine, createMapEngine } from '../../../src/pipeline/predictions/index.ts';
import { randomInput, randomNetwork } from '../network/random-network.ts';
import { answersOfTfjs, largestDifference } from '../network/tfjs-peer.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('Grad-CAM', () => {
  it.each(seeds)('equals a tape of TensorFlow on a random network (%i)', async (seed) => {
    const net = randomNetwork(seed);
    const input = randomInput(net.network, seed);
    const head = headOf(net);
    const { maps, probabilities } = await mapsOf(net, input);
    expect(largestDifference(probabilities, await answersOfTfjs(net, input, 1))).toBeLessThan(1e-5);
    const answer = head.answer(maps.map(pooled));
    expect(largestDifference(softmax(answer.logits), probabilities)).toBeLessThan(1e-5);
    for (const classIndex of [0, 1, 2]) {
      const gradients = answer.gradient(classIndex);
      const ours = maps.map((map, index) => gradCam(map, gradients[index] ?? new Float64Array()).values);
      const tape = onTape(net, maps, classIndex);
      for (const [index, map] of ours.entries()) expect(largestDifference(map, tape[index] ?? [])).toBeLessThan(1e-5);
    }
  });

  it('shows the maps of the deployed network without changing its answer', async () => {
    const net = randomNetwork(3);
    const input = randomInput(net.network, 3);
    const engine = await createEngine(toOnnx(net), { threads: 1 });
    const { probabilities } = await mapsOf(net, input);
    expect(largestDifference(probabilities, await engine.run(input, 1))).toBeLessThan(1e-6);
    await engine.close();
  });

  it('adds up to the logit of a linear head: what a map holds is what its class is answered by', async () => {
    const net = randomNetwork(5);
    const linear = withoutHidden(net);
    const { maps } = await mapsOf(linear, randomInput(net.network, 5));
    const answer = headOf(linear).answer(maps.map(pooled));
    const gradients = answer.gradient(1);
    let sum = linear.weights.get('head/bias')?.data[1] ?? Number.NaN;
    for (const [index, map] of maps.entries()) {
      for (const [channel, mean] of pooled(map).entries()) sum += mean * (gradients[index]?.[channel] ?? Number.NaN);
    }
    expect(sum).toBeCloseTo(answer.logits[1] ?? Number.NaN, 6);
  });
});

async function mapsOf(net: WeightedNetwork, input: Float32Array) {
  const engine = await createMapEngine(toOnnx(net, { channels: 'separate', maps: headOf(net).maps }), 1);
  try {
    return await engine.run(input);
  } finally {
    await engine.close();
  }
}

/** The head written in TensorFlow and differentiated by its tape; each map counts by its own way into the head. */
function onTape(net: WeightedNetwork, maps: readonly FeatureMap[], classIndex: number): Float32Array[] {
  const dense = (x: tf.Tensor, name: string): tf.Tensor => {
    const kernel = net.weights.get(`${name}/kernel`);
    const bias = net.weights.get(`${name}/bias`);
    if (kernel === undefined || bias === undefined) throw new Error('no such layer');
    const [rows = 0, columns = 0] = kernel.shape;
    return tf.add(tf.matMul(x, tf.tensor2d(kernel.data, [rows, columns])), tf.tensor1d(bias.data));
  };
  const logit = (...values: tf.Tensor[]): tf.Scalar => {
    const means = values.map((value) => tf.mean(value, [2, 3]));
    const hidden = tf.relu(dense(tf.concat(means, 1), 'hidden'));
    return tf.sum(tf.slice(dense(hidden, 'head'), [0, classIndex], [1, 1])).asScalar();
  };
  return tf.tidy(() => {
    const values = maps.map(({ channels, height, width, values: data }) =>
      tf.tensor4d(data, [1, channels, height, width]),
    );
    const gradients = tf.grads(logit)(values);
    return gradients.map((gradient, index) => {
      const value = values[index];
      if (value === undefined) throw new Error('no map');
      const alpha = tf.mean(gradient, [2, 3], true);
      return Float32Array.from(tf.relu(tf.sum(tf.mul(alpha, value), 1)).dataSync());
    });
  });
}

/** The same network with the head straight on the pooled features. */
function withoutHidden({ network, weights }: WeightedNetwork): WeightedNetwork {
  const nodes = network.nodes
    .filter(({ name }) => name !== 'hidden')
    .map((node) => (node.op === 'dense' ? { ...node, input: 'dropout' } : node));
  const length = weights.get('hidden/kernel')?.shape[0] ?? 0;
  const kernel = { shape: [length, 3], data: Float32Array.from({ length: length * 3 }, (_, i) => Math.sin(i)) };
  return { network: { ...network, nodes }, weights: new Map([...weights, ['head/kernel', kernel]]) };
}

function softmax(logits: Float64Array): number[] {
  const exponents = [...logits].map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = exponents.reduce((total, value) => total + value, 0);
  return exponents.map((value) => value / sum);
}
