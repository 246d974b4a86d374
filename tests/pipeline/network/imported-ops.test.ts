import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation, Network, NetworkNode } from '../../../src/pipeline/domain/network.ts';
import { toOnnx } from '../../../src/pipeline/network/onnx/write.ts';
import { readTfjs } from '../../../src/pipeline/network/tfjs/read.ts';
import { writeTfjs } from '../../../src/pipeline/network/tfjs/write.ts';
import { createEngine } from '../../../src/pipeline/predictions/engine.ts';
import { randomInput, withRandomWeights } from './random-network.ts';
import { answersOfTfjs, largestDifference } from './tfjs-peer.ts';

const pooling = fc.record({
  op: fc.constantFrom('maxPool' as const, 'averagePool' as const),
  poolSize: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom('same' as const, 'valid' as const),
});
const settings = fc.record({
  size: fc.integer({ min: 7, max: 13 }),
  channels: fc.constantFrom(1, 3),
  pooling,
  activation: fc.constantFrom<Activation>('linear', 'relu', 'relu6', 'sigmoid', 'tanh'),
  alpha: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  ends: fc.constantFrom('flatten' as const, 'globalMaxPool' as const, 'globalAveragePool' as const),
  seed: fc.integer({ min: 1, max: 1e6 }),
});
type Settings = typeof settings extends fc.Arbitrary<infer T> ? T : never;

/** conv → pool → leaky ReLU, joined with a second convolution by channels, then flattened or pooled. */
function networkOf({ size, channels, pooling: pool, activation, alpha, ends }: Settings): Network {
  const conv = { op: 'conv', filters: 4, kernelSize: 3, stride: 1, padding: 'same', bias: true } as const;
  const { op, poolSize, stride, padding } = pool;
  const pooled: NetworkNode =
    op === 'averagePool'
      ? { op, name: 'pool', input: 'first', poolSize, stride, padding }
      : { op, name: 'pool', input: 'first', poolSize, stride, ...(padding === 'same' ? { padding } : {}) };
  return {
    input: { size, channels },
    nodes: [
      { ...conv, name: 'first', input: 'input', activation },
      pooled,
      { op: 'leakyRelu', name: 'leaky', input: 'pool', alpha: Math.fround(alpha) },
      { ...conv, name: 'second', input: 'leaky', filters: 2, activation: 'linear' },
      { op: 'concat', name: 'joined', inputs: ['leaky', 'second'] },
      { op: ends, name: 'vector', input: 'joined' },
      { op: 'dense', name: 'hidden', input: 'vector', units: 5, activation },
      { op: 'dense', name: 'answer', input: 'hidden', units: 3, activation: 'softmax' },
    ],
    output: 'answer',
  };
}

describe('layers that imports brought', () => {
  it('give the same answers in tfjs and ONNX Runtime within 1e-4, and come back from the file alike', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hilum-ops-'));
    await fc.assert(
      fc.asyncProperty(settings, async (chosen) => {
        const net = withRandomWeights(networkOf(chosen), chosen.seed);
        const input = randomInput(net.network, chosen.seed, 2);
        const engine = await createEngine(toOnnx(net), { threads: 1 });
        const answers = await engine.run(input, 2);
        await engine.close();
        expect(largestDifference(answers, await answersOfTfjs(net, input, 2))).toBeLessThan(1e-4);
        await writeTfjs(folder, net);
        expect(await readTfjs(folder)).toEqual(net);
      }),
      { seed: 66, numRuns: 40 },
    );
    await rm(folder, { recursive: true });
  });
});
