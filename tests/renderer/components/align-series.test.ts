import { describe, expect, it } from 'vitest';
import { alignSeries, lastPoint } from '../../../src/renderer/components/figures/align-series.ts';
import { curveLook } from '../../../src/renderer/components/figures/curve-look.ts';

const series = (id: string, x: number[], y: (number | null)[]) => ({ id, label: id, x, y });

describe('curves', () => {
  it('are aligned by x, with gaps where one has no point', () => {
    const aligned = alignSeries([series('a', [1, 2, 3], [3, 2, 1]), series('b', [4, 2], [8, 9])]);
    expect(aligned).toEqual({
      x: [1, 2, 3, 4],
      ys: [
        [3, 2, 1, null],
        [null, 9, null, 8],
      ],
    });
    expect(alignSeries([])).toEqual({ x: [], ys: [] });
  });

  it('know their newest value', () => {
    expect(lastPoint(series('a', [1, 2, 3], [0.5, 0.4, null]))).toEqual({ x: 2, y: 0.4 });
    expect(lastPoint(series('a', [1], [null]))).toBeUndefined();
  });

  it('differ in colour or dash up to twenty', () => {
    const looks = Array.from({ length: 20 }, (_, index) => JSON.stringify(curveLook(series('a', [], []), index)));
    expect(new Set(looks).size).toBe(20);
  });

  it('of one run share a colour and differ in dash', () => {
    const training = curveLook({ ...series('t', [], []), color: 3, dashed: false }, 0);
    const validation = curveLook({ ...series('v', [], []), color: 3, dashed: true }, 1);
    expect(training.color).toBe(validation.color);
    expect(training.dash).not.toEqual(validation.dash);
  });
});
