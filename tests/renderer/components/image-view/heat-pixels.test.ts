import { describe, expect, it } from 'vitest';
import type { HeatMap } from '../../../../src/pipeline/domain/heat-map.ts';
import { heatGradient, heatPixels } from '../../../../src/renderer/components/image-view/heat/heat-pixels.ts';

const everything = { left: 0, top: 0, width: 40, height: 40 };
const map: HeatMap = {
  columns: 2,
  rows: 1,
  values: [0, 1],
  hotFrom: 0.9,
  plane: everything,
  seen: { ...everything, top: 10, height: 20 },
};

describe('heat over an image', () => {
  it('colours only what the network saw; opacity weakens colours and leaves the line', () => {
    const { width, height, rgba } = heatPixels(map, { width: 40, height: 40 }, 0.5);
    expect({ width, height, length: rgba.length }).toEqual({ width: 40, height: 40, length: 40 * 40 * 4 });
    const alphaAt = (x: number, y: number): number => rgba[4 * (y * 40 + x) + 3] ?? -1;
    expect(alphaAt(39, 5)).toBe(0);
    expect(alphaAt(2, 20)).toBe(0);
    expect(alphaAt(27, 20)).toBeGreaterThan(0);
    expect(alphaAt(27, 20)).toBeLessThan(128);
    expect(alphaAt(39, 10)).toBe(255);
    const off = heatPixels(map, { width: 40, height: 40 }, 0).rgba;
    expect(off[4 * (20 * 40 + 27) + 3]).toBe(0);
  });

  it('draws large pictures at a size that stays quick', () => {
    expect(heatPixels(map, { width: 4000, height: 2000 }, 1)).toMatchObject({ width: 768, height: 384 });
  });

  it('has a legend of the same colours', () => {
    expect(heatGradient()).toMatch(/^linear-gradient\(to right, rgb\(\d+ \d+ \d+\) 0%/);
  });
});
