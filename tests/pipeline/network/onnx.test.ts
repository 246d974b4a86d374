import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightedNetwork } from '../../../src/pipeline/domain/network.ts';
import {
  channelsOf,
  featureNetwork,
  findBackbone,
  foldBatchNorm,
  loadBackbone,
  toOnnx,
} from '../../../src/pipeline/network/index.ts';
import { createEngine } from '../../../src/pipeline/predictions/index.ts';
import { randomInput, randomNetwork } from './random-network.ts';
import { answersOfTfjs, largestDifference } from './tfjs-peer.ts';

async function answersOfOnnx(onnx: Uint8Array, input: Float32Array, count: number): Promise<Float32Array> {
  const engine = await createEngine(onnx, { threads: 1 });
  try {
    return await engine.run(input, count);
  } finally {
    await engine.close();
  }
}

describe('toOnnx', () => {
  it('agrees with tfjs within 1e-4 on random networks of every node kind, folded or not', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), async (seed, folded) => {
        const net = folded ? foldBatchNorm(randomNetwork(seed)) : randomNetwork(seed);
        for (const node of net.network.nodes) seen.add(node.op);
        const input = randomInput(net.network, seed, 2);
        const expected = await answersOfTfjs(net, input, 2);
        expect(largestDifference(await answersOfOnnx(toOnnx(net), input, 2), expected)).toBeLessThan(1e-4);
      }),
      { seed: 21, numRuns: 60 },
    );
    expect(seen.size).toBe(11);
  });

  it('gives equal bytes for equal networks', () => {
    expect(toOnnx(randomNetwork(5))).toEqual(toOnnx(randomNetwork(5)));
  });

  it('takes one grey plane where all channels are equal and answers as with three', async () => {
    expect(channelsOf({ windows: [{ center: 40, width: 400 }] })).toBe('equal');
    const net = await pooled();
    const { size } = net.network.input;
    const plane = randomInput({ ...net.network, input: { size, channels: 1 } }, 3);
    const repeated = Float32Array.from({ length: plane.length * 3 }, (_, index) => plane[Math.floor(index / 3)] ?? 0);
    const three = await answersOfOnnx(toOnnx(net, { channels: 'separate' }), repeated, 1);
    const grey = toOnnx(net, { channels: 'equal' });
    expect(largestDifference(await answersOfOnnx(grey, plane, 1), three)).toBeLessThan(1e-4);
    expect(await answersOfOnnx(grey, repeated, 1)).toEqual(await answersOfOnnx(grey, plane, 1));
  });

  it('keeps three channels where something other than a convolution reads the input', async () => {
    const net = randomNetwork(1);
    const nodes = [
      { op: 'activation', name: 'first', input: 'input', activation: 'relu' } as const,
      ...net.network.nodes,
    ];
    const reads = { ...net, network: { ...net.network, nodes } };
    expect(toOnnx(reads, { channels: 'equal' })).toEqual(toOnnx(reads, { channels: 'separate' }));
  });
});

async function pooled(): Promise<WeightedNetwork> {
  const backbone = findBackbone('efficientnet-lite0');
  return featureNetwork(await loadBackbone(backbone.id, { size: 64 }), backbone, ['top', 'block3']);
}
