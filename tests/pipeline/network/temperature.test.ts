import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/pipeline/domain/network.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { withTemperature } from '../../../src/pipeline/metrics/index.ts';
import { findBackbone, gateTaps, isSameUpTo, toOnnx, withDividedLogits } from '../../../src/pipeline/network/index.ts';
import { createEngine } from '../../../src/pipeline/predictions/index.ts';
import { randomNetwork } from './random-network.ts';

const inputOf = ({ input: { size, channels } }: Network): Float32Array => {
  const random = randomFrom('temperature');
  return Float32Array.from({ length: size * size * channels }, () => random.normal());
};

describe('temperature in the last layer', () => {
  it('gives the probabilities that scaling them would give', async () => {
    const network = randomNetwork(5);
    const input = inputOf(network.network);
    const [raw, divided] = await Promise.all(
      [network, withDividedLogits(network, 2.5)].map(async (each) => {
        const engine = await createEngine(toOnnx(each), { threads: 1 });
        const answers = await engine.run(input, 1);
        await engine.close();
        return [...answers];
      }),
    );
    const expected = withTemperature(raw ?? [], 2.5);
    for (const [k, value] of expected.entries()) expect(divided?.[k]).toBeCloseTo(value, 5);
    expect(divided).not.toEqual(raw);
  });

  it('leaves everything but the last layer as it was, and all of it at 1', () => {
    const network = randomNetwork(5);
    expect(withDividedLogits(network, 1)).toBe(network);
    const changed = [...withDividedLogits(network, 2).weights].filter(
      ([name, { data }]) => data !== network.weights.get(name)?.data,
    );
    expect(changed.map(([name]) => name.slice(name.lastIndexOf('/') + 1)).sort()).toEqual(['bias', 'kernel']);
  });
});

describe('what a gate looks at', () => {
  it('is the last residual sums at an eighth and a sixteenth of the side, or the narrowest maps there', () => {
    expect(gateTaps(findBackbone('efficientnet-lite0').build(224))).toEqual(['block3b_add', 'block5c_add']);
    const vgg = gateTaps(findBackbone('vgg16').build(224));
    expect(vgg).toHaveLength(1);
  });

  it('comes out of the network as a second output: the mean of each map', async () => {
    const weighted = randomNetwork(5);
    const taps = gateTaps(weighted.network);
    expect(taps.length).toBeGreaterThan(0);
    const input = inputOf(weighted.network);
    const engine = await createEngine(toOnnx(weighted, { channels: 'separate', pooled: taps }), { threads: 1 });
    const plain = await createEngine(toOnnx(weighted), { threads: 1 });
    try {
      const { answers, pooled } = await engine.look(input);
      expect(answers).toEqual(await plain.run(input, 1));
      expect(pooled).toHaveLength(engine.pooledLength);
      expect(pooled.every(Number.isFinite)).toBe(true);
      expect([plain.pooledLength, (await plain.look(input)).pooled.length]).toEqual([0, 0]);
    } finally {
      await engine.close();
      await plain.close();
    }
  });

  it('is the same in two networks when every weight below it is', () => {
    const [one, other] = [randomNetwork(5), randomNetwork(6)];
    const taps = gateTaps(one.network);
    expect(isSameUpTo(one, withDividedLogits(one, 3), taps)).toBe(true);
    expect(isSameUpTo(one, other, taps)).toBe(false);
  });
});
