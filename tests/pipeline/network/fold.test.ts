import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/pipeline/domain/network.ts';
import { foldBatchNorm } from '../../../src/pipeline/network/index.ts';
import { weightShapes } from '../../../src/pipeline/network/shapes.ts';
import { randomInput, randomNetwork, withRandomWeights } from './random-network.ts';
import { answersOfTfjs, largestDifference } from './tfjs-peer.ts';

describe('foldBatchNorm', () => {
  it('keeps the answers of random networks (tfjs is the judge)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const net = randomNetwork(seed);
        const input = randomInput(net.network, seed, 2);
        const before = await answersOfTfjs(net, input, 2);
        const after = await answersOfTfjs(foldBatchNorm(net), input, 2);
        expect(largestDifference(before, after)).toBeLessThan(1e-5);
      }),
      { seed: 20, numRuns: 40 },
    );
  });

  it('removes the weights of what it absorbs', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { network, weights } = foldBatchNorm(randomNetwork(seed));
      expect([...weights.keys()]).toEqual(expect.arrayContaining([...weightShapes(network).keys()]));
      expect(weights.size).toBe(weightShapes(network).size);
    }
  });

  it('keeps a BatchNorm whose convolution others read too, or that has none before it', () => {
    const conv = { op: 'conv', filters: 2, kernelSize: 1, stride: 1, padding: 'same', bias: false } as const;
    const network: Network = {
      input: { size: 4, channels: 2 },
      nodes: [
        { op: 'batchNorm', name: 'first', input: 'input', epsilon: 1e-3 },
        { ...conv, name: 'shared', input: 'first', activation: 'linear' },
        { op: 'batchNorm', name: 'second', input: 'shared', epsilon: 1e-3 },
        { op: 'add', name: 'sum', inputs: ['shared', 'second'] },
        { ...conv, name: 'alone', input: 'sum', activation: 'linear' },
        { op: 'batchNorm', name: 'third', input: 'alone', epsilon: 1e-3 },
        { op: 'activation', name: 'relu', input: 'third', activation: 'relu6' },
      ],
      output: 'relu',
    };
    const folded = foldBatchNorm(withRandomWeights(network, 1)).network;
    expect(folded.nodes.map((node) => node.name)).toEqual(['first', 'shared', 'second', 'sum', 'alone']);
    expect(folded.nodes.at(-1)).toMatchObject({ bias: true, activation: 'relu6' });
    expect(folded.output).toBe('alone');
  });
});
