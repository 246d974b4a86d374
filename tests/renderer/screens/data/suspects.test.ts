import { expect, it } from 'vitest';
import { nextOpen } from '../../../../src/renderer/screens/data/suspects/next-open.ts';

const rows = (...states: readonly (string | undefined)[]) => {
  const list = states.map((state) => (state === undefined ? undefined : { state }));
  return (index: number) => list[index];
};

it('a decision leads to the next open label, past those that are settled', () => {
  expect(nextOpen(0, 4, rows('kept', 'relabelled', 'open', 'open'))).toBe(2);
  expect(nextOpen(1, 4, rows('open', 'kept', 'gone', undefined))).toBe(3);
  expect(nextOpen(3, 4, rows('open', 'kept', 'open', 'kept'))).toBe(2);
  expect(nextOpen(1, 2, rows('kept', 'kept'))).toBe(1);
  expect(nextOpen(0, 0, rows())).toBe(0);
});
