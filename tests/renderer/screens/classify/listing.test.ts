import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchStates } from '../../../../src/pipeline/domain/outcome.ts';
import {
  filterCount,
  type Listing,
  listingOf,
  queryOf,
  sortKeys,
  toggled,
  urgentFirst,
} from '../../../../src/renderer/screens/classify/filter/listing.ts';
import { spotOf, spotQuery } from '../../../../src/renderer/screens/classify/selection/spot.ts';
import { parseRoute, pathOf } from '../../../../src/renderer/stores/route-path.ts';

const text = fc.string({ minLength: 1, maxLength: 40 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const filters = fc.record(
  {
    states: fc.uniqueArray(fc.constantFrom(...batchStates), { minLength: 1 }),
    classes: fc.uniqueArray(text, { minLength: 1, maxLength: 6 }),
    minProbability: share,
    maxProbability: share,
    text,
    reviewed: fc.boolean(),
    scan: text,
  },
  { requiredKeys: [] },
);
const listings: fc.Arbitrary<Listing> = fc.record({
  view: fc.constantFrom('images', 'scans'),
  filter: filters,
  sort: fc.record({ by: fc.constantFrom(...sortKeys), descending: fc.boolean() }),
});

describe('the listing in the address', () => {
  it('comes back the same, whatever names classes and scans have', () => {
    return fc.assert(
      fc.property(listings, (listing) => {
        const { query } = parseRoute(`#${pathOf('classify', ['b'], queryOf(listing))}`);
        expect(listingOf(query)).toEqual(listing);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('takes any address without a fault, and never more than the core allows', () => {
    const keys = fc.constantFrom(
      'state',
      'class',
      'min',
      'max',
      'text',
      'reviewed',
      'scan',
      'sort',
      'view',
      '__proto__',
    );
    return fc.assert(
      fc.property(fc.dictionary(keys, fc.string({ maxLength: 500 })), (query) => {
        const { filter, sort } = listingOf(query);
        expect(sortKeys).toContain(sort.by);
        expect(filter.text?.length ?? 0).toBeLessThanOrEqual(200);
        for (const each of [filter.minProbability, filter.maxProbability]) {
          expect(each === undefined || (each >= 0 && each <= 1)).toBe(true);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('is empty for what everybody sees first', () => {
    expect(pathOf('classify', ['b'], queryOf({ view: 'images', filter: {}, sort: urgentFirst }))).toBe('/classify/b');
  });
});

describe('filters', () => {
  it('are put in and taken out one by one', () => {
    expect(toggled(undefined, 'Cyst')).toEqual(['Cyst']);
    expect(toggled(['Cyst'], 'Tumor')).toEqual(['Cyst', 'Tumor']);
    expect(toggled(['Cyst', 'Tumor'], 'Cyst')).toEqual(['Tumor']);
    expect(toggled(['Tumor'], 'Tumor')).toBeUndefined();
  });

  it('are counted, a range of probabilities once', () => {
    expect(filterCount({})).toBe(0);
    expect(filterCount({ minProbability: 0.5, maxProbability: 0.9, reviewed: false })).toBe(2);
  });
});

describe('the image in the address', () => {
  it('comes back the same', () => {
    expect(spotQuery({ item: 12, frame: 0 })).toEqual({ item: '12', frame: undefined });
    expect(spotOf({ item: '12', frame: '3' })).toEqual({ item: 12, frame: 3 });
    expect(spotOf({ item: '12' })).toEqual({ item: 12, frame: 0 });
  });

  it.each<Record<string, string>>([{}, { item: '0' }, { item: 'x' }, { item: '1', frame: '-1' }, { item: '1.5' }])(
    'is none in %j',
    (query) => {
      expect(spotOf(query)).toBeNull();
    },
  );
});
