import { describe, expect, it } from 'vitest';
import { gridMove } from '../../../../src/renderer/components/image-view/grid-move.ts';
import { aheadOf, stepped } from '../../../../src/renderer/components/image-view/step.ts';
import { wheelSteps } from '../../../../src/renderer/components/image-view/wheel-steps.ts';

describe('stepped', () => {
  it('goes through a scan and holds at its ends', () => {
    expect([
      stepped(3, 10, 'next'),
      stepped(3, 10, 'previous'),
      stepped(3, 10, 'first'),
      stepped(3, 10, 'last'),
    ]).toEqual([4, 2, 0, 9]);
    expect([stepped(9, 10, 'next'), stepped(0, 10, 'previous'), stepped(3, 10, 'next-scan')]).toEqual([9, 0, 3]);
  });
});

describe('aheadOf', () => {
  const images = Array.from({ length: 20 }, (_, index) => index);

  it('brings more of what lies in the direction of reading, nearest first', () => {
    expect(aheadOf(images, 10, false)).toEqual([11, 12, 13, 14, 15, 16, 9, 8]);
    expect(aheadOf(images, 10, true)).toEqual([9, 8, 7, 6, 5, 4, 11, 12]);
    expect(aheadOf(images, 0, false)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(aheadOf([], -1, false)).toEqual([]);
  });
});

describe('wheelSteps', () => {
  const total = (deltas: readonly number[]): number => {
    let rest = 0;
    let steps = 0;
    for (const delta of deltas) {
      const turned = wheelSteps(rest, delta, 0);
      rest = turned.rest;
      steps += turned.steps;
    }
    return steps;
  };

  it('makes one step of a notch, however far it is said to scroll', () => {
    expect(total([100])).toBe(1);
    expect(total([-53, -53])).toBe(-2);
    expect(wheelSteps(0, 3, 1).steps).toBe(1);
  });

  it('adds up the small movements of a touchpad and forgets them when it turns round', () => {
    expect(total(Array.from({ length: 8 }, () => 10))).toBe(2);
    expect(total([10, 10, 10, -10, 10, 10, 10])).toBe(0);
    expect(wheelSteps(7, 0, 0)).toEqual({ steps: 0, rest: 7 });
  });
});

describe('gridMove', () => {
  it('moves in lines and columns and stays inside', () => {
    expect(gridMove('ArrowRight', 9, 10, 4)).toBe(9);
    expect(gridMove('ArrowDown', 2, 10, 4)).toBe(6);
    expect(gridMove('ArrowDown', 7, 10, 4)).toBe(7);
    expect(gridMove('ArrowUp', 1, 10, 4)).toBe(1);
    expect(gridMove('End', 1, 10, 4)).toBe(9);
    expect(gridMove('a', 1, 10, 4)).toBeUndefined();
  });
});
