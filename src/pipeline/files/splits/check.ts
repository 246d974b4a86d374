import type { ManifestRow, SplitRow } from '../../domain/dataset.ts';
import { byCodePoint } from '../../domain/names.ts';
import { forSimilarPairs, indexThumbnails } from '../similarity/thumbnail-index.ts';

export interface SimilarPair {
  readonly a: string;
  readonly b: string;
  /** Of the 48x48 thumbnails; 1 for equal pixels. */
  readonly correlation: number;
}

export interface SplitCheck {
  /** Patient groups that stand in two parts. */
  readonly sharedGroups: readonly string[];
  /** For each image that has a near-duplicate in another part, the pair with its nearest one. */
  readonly nearDuplicates: readonly SimilarPair[];
  /** Images of the manifest without a part. */
  readonly missing: readonly string[];
  /** Images of the split that the manifest does not have. */
  readonly surplus: readonly string[];
}

type CheckedRow = Pick<ManifestRow, 'image' | 'group' | 'pixel_hash'>;

export interface CheckOptions {
  /** 48 * 48 grey values of each image; without them only equal pixels are found. */
  readonly thumbnails?: ReadonlyMap<string, Float32Array> | undefined;
  /** Correlation from which two images are near-duplicates. */
  readonly nearDuplicate: number;
}

/** Looks for anything that stands on both sides of a split, over all classes. Every list is sorted. */
export function checkSplit(
  manifest: readonly CheckedRow[],
  split: readonly SplitRow[],
  options: CheckOptions,
): SplitCheck {
  const partOf = new Map(split.map(({ image, part }) => [image, part]));
  const known = new Set(manifest.map(({ image }) => image));
  const placed = manifest
    .map((row) => ({ ...row, part: partOf.get(row.image) }))
    .filter((row): row is PlacedRow => row.part !== undefined);
  return {
    sharedGroups: sharedGroups(placed),
    nearDuplicates: nearDuplicates(placed, options),
    missing: manifest
      .map(({ image }) => image)
      .filter((image) => !partOf.has(image))
      .sort(byCodePoint),
    surplus: split
      .map(({ image }) => image)
      .filter((image) => !known.has(image))
      .sort(byCodePoint),
  };
}

interface PlacedRow extends CheckedRow {
  readonly part: string;
}

/** Patient groups that stand in more than one part, sorted. */
export function sharedGroups(rows: readonly { readonly group: string; readonly part: string }[]): string[] {
  return [...Map.groupBy(rows, ({ group }) => group)]
    .filter(([, members]) => members.some(({ part }) => part !== members[0]?.part))
    .map(([group]) => group)
    .sort(byCodePoint);
}

function nearDuplicates(rows: readonly PlacedRow[], { thumbnails, nearDuplicate }: CheckOptions): SimilarPair[] {
  const nearest = new Map<string, SimilarPair>();
  const note = (first: string, second: string, correlation: number): void => {
    const [a, b] = byCodePoint(first, second) <= 0 ? [first, second] : [second, first];
    for (const image of [a, b]) {
      const held = nearest.get(image);
      if (held === undefined || closer({ a, b, correlation }, held)) nearest.set(image, { a, b, correlation });
    }
  };
  noteEqualPixels(rows, note);
  const seen = rows.flatMap(({ image, part }) => {
    const thumbnail = thumbnails?.get(image);
    return thumbnail === undefined ? [] : [{ image, part, thumbnail }];
  });
  forSimilarPairs(
    indexThumbnails(seen.map(({ thumbnail }) => thumbnail)),
    nearDuplicate,
    (i, j) => seen[i]?.part === seen[j]?.part,
    (i, j, correlation) => note(seen[i]?.image ?? '', seen[j]?.image ?? '', correlation),
  );
  const pairs = new Map([...nearest.values()].map((pair) => [`${pair.a}\u0000${pair.b}`, pair]));
  return [...pairs.values()].sort((x, y) => byCodePoint(x.a, y.a) || byCodePoint(x.b, y.b));
}

/** One pair for each part that holds the same pixels; all pairs of a picture copied a thousand times would be a million. */
function noteEqualPixels(
  rows: readonly PlacedRow[],
  note: (first: string, second: string, correlation: number) => void,
): void {
  const withPixels = rows.filter(({ pixel_hash }) => pixel_hash !== '');
  for (const copies of Map.groupBy(withPixels, ({ pixel_hash }) => pixel_hash).values()) {
    for (const copy of copies) {
      const other = copies.find(({ part }) => part !== copy.part);
      if (other !== undefined) note(copy.image, other.image, 1);
    }
  }
}

function closer(pair: SimilarPair, held: SimilarPair): boolean {
  if (pair.correlation !== held.correlation) return pair.correlation > held.correlation;
  return (byCodePoint(pair.a, held.a) || byCodePoint(pair.b, held.b)) < 0;
}
