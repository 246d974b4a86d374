import { describe, expect, it } from 'vitest';
import { correctedRate } from '../../../src/pipeline/training/adam.ts';
import { rateGroups, ratesAt } from '../../../src/pipeline/training/index.ts';

const names = [['head/kernel', 'head/bias'], ['top/kernel'], ['block7/kernel'], ['block6/kernel']];

describe('rates of blocks', () => {
  it('are all the same, from the start, unless something else is asked for', () => {
    const groups = rateGroups(names, { layer_decay: 1, unfreeze_every: 0 });
    const rates = ratesAt(groups, 0.01, 1, 3, 10);
    expect([...rates.keys()]).toEqual(names.flat());
    expect(new Set(rates.values())).toEqual(new Set([correctedRate(0.01, 3)]));
  });

  it('fall from block to block', () => {
    const rates = ratesAt(rateGroups(names, { layer_decay: 0.5, unfreeze_every: 0 }), 0.01, 1, 1, 10);
    expect(rates.get('head/bias')).toBeCloseTo(correctedRate(0.01, 1));
    expect(rates.get('top/kernel')).toBeCloseTo(correctedRate(0.005, 1));
    expect(rates.get('block6/kernel')).toBeCloseTo(correctedRate(0.00125, 1));
  });

  it('come one block after the other, each with its own count of updates', () => {
    const groups = rateGroups(names, { layer_decay: 1, unfreeze_every: 2 });
    const at = (epoch: number) => ratesAt(groups, 0.01, epoch, (epoch - 1) * 10 + 4, 10);
    expect([...at(1).keys()]).toEqual(['head/kernel', 'head/bias', 'top/kernel']);
    expect([...at(2).keys()]).toEqual([...at(1).keys()]);
    expect(at(3).get('block7/kernel')).toBe(correctedRate(0.01, 4));
    expect(at(3).get('top/kernel')).toBe(correctedRate(0.01, 24));
    expect([...at(5).keys()]).toEqual(names.flat());
  });
});
