import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byScan, scanAround, steppedIndex } from '../../../../src/renderer/screens/data/images/by-scan.ts';
import { filterIn, questionOf, withFilter } from '../../../../src/renderer/screens/data/images/filter.ts';

const image = (scan: string, name: string) => ({ scan, image: name });
const images = byScan([
  image('s10', 'a (2).jpg'),
  image('s2', 'b (10).jpg'),
  image('s2', 'b (9).jpg'),
  image('s10', 'a (1).jpg'),
  image('s10', 'a (11).jpg'),
]);

describe('images scan by scan', () => {
  it('counts as people do', () => {
    expect(images.map(({ scan, image: name }) => `${scan} ${name}`)).toEqual([
      's2 b (9).jpg',
      's2 b (10).jpg',
      's10 a (1).jpg',
      's10 a (2).jpg',
      's10 a (11).jpg',
    ]);
  });

  it('finds where a scan begins and ends', () => {
    expect(scanAround(images, 0)).toEqual({ first: 0, last: 1 });
    expect(scanAround(images, 3)).toEqual({ first: 2, last: 4 });
  });

  it('steps within the scan, and from scan to scan', () => {
    const step = (index: number, way: Parameters<typeof steppedIndex>[2]) => steppedIndex(images, index, way);
    expect([step(0, 'next'), step(1, 'next'), step(0, 'previous'), step(3, 'previous')]).toEqual([1, 1, 0, 2]);
    expect([step(3, 'first'), step(3, 'last')]).toEqual([2, 4]);
    expect([step(0, 'next-scan'), step(3, 'next-scan')]).toEqual([2, 3]);
    expect([step(4, 'previous-scan'), step(1, 'previous-scan')]).toEqual([0, 1]);
  });

  it('never leaves the list', () => {
    const steps = ['next', 'previous', 'first', 'last', 'next-scan', 'previous-scan'] as const;
    const list = fc.array(fc.record({ scan: fc.constantFrom('a', 'b', 'c'), image: fc.string() }), { minLength: 1 });
    return fc.assert(
      fc.property(list, fc.nat(), fc.constantFrom(...steps), (any, place, step) => {
        const sorted = byScan(any);
        const index = steppedIndex(sorted, place % sorted.length, step);
        expect(sorted[index]).toBeDefined();
      }),
      { seed: 4 },
    );
  });
});

describe('filter in the address', () => {
  it('takes what it knows and leaves the rest', () => {
    expect(filterIn({ class: 'Stone', image: 'x.png', part: '', scan: 's1' })).toEqual({ class: 'Stone', scan: 's1' });
    expect(questionOf({ class: 'Stone' }, 500, 100)).toEqual({ class: 'Stone', offset: 500, limit: 100 });
  });

  it('takes the scan away with its group', () => {
    const filter = { class: 'Stone', group: 'p1', scan: 's1' };
    expect(withFilter(filter, 'scan', null)).toEqual({ class: 'Stone', group: 'p1' });
    expect(withFilter(filter, 'group', null)).toEqual({ class: 'Stone' });
    expect(withFilter(filter, 'class', 'Cyst')).toEqual({ class: 'Cyst', group: 'p1', scan: 's1' });
  });
});
