import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeLines } from '../../../../src/main/studies/data-versions/change-lines.ts';
import { countChanges, type DataDiff, diffManifests } from '../../../../src/main/studies/data-versions/diff.ts';
import type { ManifestRow } from '../../../../src/pipeline/domain/dataset.ts';

const few = (...words: string[]) => fc.constantFrom(...words);

/** Few values of everything, so that images meet again under other names, classes, scans and groups. */
const rowArbitrary: fc.Arbitrary<ManifestRow> = fc
  .record({
    file: fc.oneof(few('a.png', 'b.png', 'Cyst/a.png', 'Stone/a.png'), fc.string({ minLength: 1, maxLength: 8 })),
    frame: few('', '#0', '#1'),
    sha256: few('1'.repeat(64), '2'.repeat(64), '3'.repeat(64)),
    pixel_hash: few('4'.repeat(64), '5'.repeat(64)),
    class: few('Cyst', 'Stone', '__proto__'),
    scan: few('s1', 's2'),
    group: few('g1', 'g2'),
    width: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ file, frame, width, ...row }) => ({
    ...{ file, image: `${file}${frame}`, ...row },
    ...{ domain: 'display' as const, plane: 'axial' as const, width, height: 1 },
  }));

const manifestArbitrary = fc.uniqueArray(rowArbitrary, { selector: ({ image }) => image, maxLength: 12 });
const both = { seed: 6, numRuns: 500 };

const sorted = (rows: readonly ManifestRow[]): ManifestRow[] =>
  [...rows].sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));

function applied(rows: readonly ManifestRow[], { added, removed, changes }: DataDiff): ManifestRow[] {
  const gone = new Set([...removed, ...changes.map(({ before }) => before)].map(({ image }) => image));
  return [...rows.filter(({ image }) => !gone.has(image)), ...added, ...changes.map(({ after }) => after)];
}

describe('the difference of two manifests', () => {
  it('applied to A gives B', () =>
    fc.assert(
      fc.property(manifestArbitrary, manifestArbitrary, (a, b) => {
        expect(sorted(applied(a, diffManifests(a, b)))).toEqual(sorted(b));
      }),
      both,
    ));

  it('of a manifest with itself is empty, in whatever order its rows stand', () =>
    fc.assert(
      fc.property(manifestArbitrary, (a) => {
        expect(diffManifests(a, [...a].reverse())).toEqual({ added: [], removed: [], changes: [] });
      }),
      both,
    ));

  it('is the same backwards, with what was added removed', () =>
    fc.assert(
      fc.property(manifestArbitrary, manifestArbitrary, (a, b) => {
        const there = countChanges(diffManifests(a, b));
        const back = countChanges(diffManifests(b, a));
        expect(back).toEqual({ ...there, added: there.removed, removed: there.added });
      }),
      both,
    ));

  it('names each image once as added or removed, and every change has its line', () =>
    fc.assert(
      fc.property(manifestArbitrary, manifestArbitrary, (a, b) => {
        const diff = diffManifests(a, b);
        const { added, removed, ...changed } = countChanges(diff);
        const lines = changeLines(diff);
        expect(lines.length).toBe(added + removed + Object.values(changed).reduce((sum, count) => sum + count, 0));
        expect(a.length - removed + added).toBe(b.length);
      }),
      both,
    ));
});

describe('an image that was moved', () => {
  const row = (file: string, name: string, sha256: string): ManifestRow => ({
    ...{ file, image: file, sha256, pixel_hash: sha256, class: name, scan: 's', group: 'g' },
    ...{ domain: 'display', plane: 'axial', width: 1, height: 1 },
  });

  it('to the folder of another class is relabelled, not lost and found', () => {
    const before = [row('Cyst/1.png', 'Cyst', 'aa'), row('Cyst/2.png', 'Cyst', 'bb')];
    const after = [row('Cyst/1.png', 'Cyst', 'aa'), row('Stone/2.png', 'Stone', 'bb')];
    const diff = diffManifests(before, after);
    expect(countChanges(diff)).toEqual({
      ...{ added: 0, removed: 0, moved: 1, replaced: 0, relabelled: 1, regrouped: 0, rescanned: 0 },
    });
    expect(changeLines(diff)).toEqual([
      { change: 'relabelled', image: 'Stone/2.png', from: 'Cyst', to: 'Stone' },
      { change: 'moved', image: 'Stone/2.png', from: 'Cyst/2.png', to: 'Stone/2.png' },
    ]);
  });
});
