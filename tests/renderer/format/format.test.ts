import { describe, expect, it } from 'vitest';
import { formatDateTime } from '../../../src/renderer/format/dates.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFigure,
  formatParameter,
  formatPercent,
  formatRate,
  plural,
} from '../../../src/renderer/format/numbers.ts';

describe('figures in words', () => {
  it('writes counts, shares and figures', () => {
    expect([formatCount(12_446), formatCount(null)]).toEqual(['12,446', '–']);
    expect([formatPercent(0.973), formatPercent(1, 0), formatPercent(null)]).toEqual(['97.3 %', '100 %', '–']);
    expect([formatFigure(0.6124), formatFigure(0.00001), formatFigure(0), formatFigure(Number.NaN)]).toEqual([
      '0.612',
      '1.00e-5',
      '0.000',
      '–',
    ]);
    expect([plural(1, 'image'), plural(2, 'image'), plural(0, 'study', 'studies')]).toEqual([
      '1 image',
      '2 images',
      '0 studies',
    ]);
  });

  it('writes bytes, never as a thousand of a unit', () => {
    expect([0, 999, 999.6, 1500, 99_960, 999_600, 1_400_000_000].map((bytes) => formatBytes(bytes))).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '1.5 kB',
      '100 kB',
      '1.0 MB',
      '1.4 GB',
    ]);
  });

  it('writes durations and rates', () => {
    expect([12, 1500, 9960, 42_000, 125_000, 3_600_000, 3_660_000].map((ms) => formatDuration(ms))).toEqual([
      '12 ms',
      '1.5 s',
      '10 s',
      '42 s',
      '2 min 5 s',
      '1 h',
      '1 h 1 min',
    ]);
    expect([formatRate(41.2), formatRate(1.26, 'files'), formatRate(null)]).toEqual([
      '41 images/s',
      '1.3 files/s',
      '–',
    ]);
  });

  it('writes parameters as they were given', () => {
    expect([0.0001, 'vgg16', true, null, [224, 224]].map(formatParameter)).toEqual([
      '0.0001',
      'vgg16',
      'yes',
      '–',
      '[224,224]',
    ]);
  });
});

describe('dates', () => {
  it('are written day first of all, and left as they are when they are none', () => {
    expect(formatDateTime(new Date(2026, 10, 3, 9, 5).toISOString())).toBe('2026-11-03 09:05');
    expect([formatDateTime('soon'), formatDateTime(null)]).toEqual(['soon', '–']);
  });
});
