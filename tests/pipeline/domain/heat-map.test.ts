import { describe, expect, it } from 'vitest';
import { heatColour } from '../../../src/pipeline/domain/heat-colours.ts';
import { drawnHeat, type HeatMap, heatAt } from '../../../src/pipeline/domain/heat-map.ts';

const map: HeatMap = {
  columns: 2,
  rows: 2,
  values: [0, 1, 0, 1],
  hotFrom: 0.5,
  plane: { left: -10, top: 0, width: 40, height: 20 },
  seen: { left: 0, top: 0, width: 20, height: 20 },
};

describe('a heat map on its picture', () => {
  it('lies where the network saw: padding and crop undone, nothing outside', () => {
    expect(heatAt(map, 0, 10)).toBe(0);
    expect(heatAt(map, 10, 10)).toBeCloseTo(0.5, 12);
    expect(heatAt(map, 19.9, 10)).toBeCloseTo(0.995, 3);
    expect(heatAt(map, 20, 10)).toBe(0);
    expect(heatAt(map, -5, 10)).toBe(0);
  });

  it('is drawn with a closed line around the hottest part', () => {
    const { heat, contour } = drawnHeat(map, { left: 0, top: 0, width: 20, height: 20 }, 20, 20);
    const lines = [...contour].flatMap((value, at) => (value === 1 ? [at] : []));
    expect(lines.every((at) => (heat[at] ?? 0) >= map.hotFrom)).toBe(true);
    expect(lines).toContain(20 * 10 + 10);
    expect(contour[20 * 10 + 15]).toBe(0);
    expect(contour[20 * 10 + 5]).toBe(0);
  });

  it('is colourless where it is cold, and lighter the hotter it is', () => {
    expect(heatColour(0)[3]).toBe(0);
    const light = [0.3, 0.5, 0.7, 0.9, 1].map((heat) => {
      const [red, green, blue] = heatColour(heat);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    expect(light).toEqual(light.toSorted((a, b) => a - b));
    expect(heatColour(1)[3]).toBe(1);
  });
});
