import { describe, expect, it } from 'vitest';
import type { WeightArray, WeightedNetwork } from '../../../src/pipeline/domain/network.ts';
import { attachHead, countParameters, headNames, toOnnx } from '../../../src/pipeline/network/index.ts';
import { createEngine } from '../../../src/pipeline/predictions/index.ts';
import { largestDifference } from './tfjs-peer.ts';

/** Features are the means of the three channels. */
const features: WeightedNetwork = {
  network: {
    input: { size: 16, channels: 3 },
    nodes: [{ op: 'globalAveragePool', name: 'features', input: 'input' }],
    output: 'features',
  },
  weights: new Map(),
};

const array = (shape: readonly number[], ...values: number[]): WeightArray => ({
  shape,
  data: Float32Array.from(values),
});

describe('attachHead', () => {
  it('answers every class alike while it has no weights', async () => {
    const whole = attachHead(features, { dropout: 0.5, hidden: 0, classes: 4 });
    const engine = await createEngine(toOnnx(whole), { threads: 1 });
    expect([...(await engine.run(new Float32Array(16 * 16 * 3).fill(3), 1))]).toEqual([0.25, 0.25, 0.25, 0.25]);
    await engine.close();
  });

  it('computes softmax(relu(x W + b) V + c), worked by hand', async () => {
    const weights = new Map([
      [`${headNames.hidden}/kernel`, array([3, 2], 1, -1, 0, 1, 2, 0)],
      [`${headNames.hidden}/bias`, array([2], 0, 0.5)],
      [`${headNames.output}/kernel`, array([2, 2], 1, 0, 0, 1)],
      [`${headNames.output}/bias`, array([2], 0, 1)],
    ]);
    const whole = attachHead(features, { dropout: 0.2, hidden: 2, classes: 2, weights });
    expect(countParameters(whole)).toEqual({ frozen: 0, trainable: 14 });
    const engine = await createEngine(toOnnx(whole), { threads: 1 });
    const input = Float32Array.from({ length: 16 * 16 * 3 }, (_, index) => [1, 2, 0.5][index % 3] ?? 0);
    // Hidden: 1 + 0 + 1 = 2 and -1 + 2 + 0 + 0.5 = 1.5; logits 2 and 2.5.
    const expected = [Math.exp(2), Math.exp(2.5)].map((value, _, all) => value / ((all[0] ?? 0) + (all[1] ?? 0)));
    expect(largestDifference(await engine.run(input, 1), expected)).toBeLessThan(1e-6);
    await engine.close();
  });

  it('refuses head weights that are missing or of another shape', () => {
    const bias = [`${headNames.output}/bias`, array([2], 0, 0)] as const;
    const attempt = (weights: Map<string, WeightArray>) => () =>
      attachHead(features, { dropout: 0, hidden: 0, classes: 2, weights });
    expect(attempt(new Map([bias]))).toThrow('network/bad-weights');
    expect(attempt(new Map([bias, [`${headNames.output}/kernel`, array([2, 2], 1, 0, 0, 1)]]))).toThrow(
      'network/bad-weights',
    );
  });
});
