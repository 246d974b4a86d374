import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationOf, flagOf, numberOf, stretchOf } from '../../../../src/main/studies/run-filter/literals.ts';

describe('literals of filters', () => {
  it.each([
    ['0.2', 0.2],
    ['-1', -1],
    ['+.5', 0.5],
    ['1e-3', 0.001],
    ['1.', 1],
    ['0x10', null],
    ['1e999', null],
    ['', null],
    ['Infinity', null],
  ])('number %s', (text, value) => expect(numberOf(text)).toBe(value));

  it.each([
    ['90', 90],
    ['90s', 90],
    ['10min', 600],
    ['1.5h', 5400],
    ['1h30min', 5400],
    ['500ms', 0.5],
    ['2D', 172_800],
    ['10 min', null],
    ['min', null],
    ['10x', null],
  ])('duration %s', (text, seconds) => expect(durationOf(text)).toBe(seconds));

  const local = (...parts: [number, number, number?, number?, number?, number?]): number =>
    new Date(...parts).getTime();

  it.each([
    ['2026', local(2026, 0), local(2027, 0)],
    ['2026-12', local(2026, 11), local(2027, 0)],
    ['2026-02-28', local(2026, 1, 28), local(2026, 2, 1)],
    ['2026-12-31 23:59', local(2026, 11, 31, 23, 59), local(2027, 0, 1)],
    ['2026-01-31T14:05:09', local(2026, 0, 31, 14, 5, 9), local(2026, 0, 31, 14, 5, 10)],
  ])('%s stands for all of it, in the time of this machine', (text, start, end) => {
    expect(stretchOf(text)).toEqual({ start, end });
  });

  it('an instant stands for itself', () => {
    const start = Date.UTC(2026, 0, 31, 14, 5, 9, 123);
    expect(stretchOf('2026-01-31T14:05:09.123Z')).toEqual({ start, end: start + 1 });
    expect(stretchOf('2026-01-31T15:05:09.123+01:00')).toEqual({ start, end: start + 1 });
  });

  it.each(['2026-13', '2026-02-30', '2026-00-01', '2026-01-01T24:00', 'yesterday', '31.01.2026', ''])(
    '%s is no date',
    (text) => {
      expect(stretchOf(text)).toBeNull();
    },
  );

  it('nothing makes any of them throw', () => {
    return fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-0-9TZ:. dhmsine+]*$/)), (text) => {
        for (const read of [numberOf, durationOf, stretchOf, flagOf]) expect(() => read(text)).not.toThrow();
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
