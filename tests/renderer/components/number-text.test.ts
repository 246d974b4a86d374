import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, stepped } from '../../../src/renderer/components/controls/number-text.ts';

describe('typed numbers', () => {
  it('reads what people write', () => {
    expect(readNumber(' 1e-4 ', {})).toEqual({ value: 0.0001 });
    expect(readNumber('0,25', {})).toEqual({ value: 0.25 });
    expect(readNumber('.5', {})).toEqual({ value: 0.5 });
    expect(readNumber('', { allowEmpty: true })).toEqual({ value: null });
  });

  it('says what is wrong', () => {
    expect(readNumber('', {})).toEqual({ problem: 'A number is needed.' });
    expect(readNumber('0x10', {})).toEqual({ problem: 'This is not a number.' });
    expect(readNumber('1.5', { integer: true })).toEqual({ problem: 'A whole number is needed.' });
    expect(readNumber('7', { min: 0, max: 1 })).toEqual({ problem: 'From 0 to 1.' });
    expect(readNumber('-1', { min: 0 })).toEqual({ problem: 'At least 0.' });
    expect(readNumber('9e999', {})).toEqual({ problem: 'This number is too large.' });
  });

  it('never lets anything but a finite number in the limits through', () => {
    return fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
        const reading = readNumber(text, { min: -5, max: 5 });
        if ('value' in reading) expect(Math.abs(reading.value ?? Number.NaN)).toBeLessThanOrEqual(5);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('steps on the grid of the step, within the limits', () => {
    expect(stepped(0.3, 0.1, 1, {})).toBe(0.4);
    expect(stepped(1, 0.1, 1, { max: 1 })).toBe(1);
    expect(stepped(0, 1, -1, { min: 0 })).toBe(0);
  });
});
