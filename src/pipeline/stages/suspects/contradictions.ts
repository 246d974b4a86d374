import type { DuplicateRow, ManifestRow } from '../../domain/dataset.ts';
import { forSimilarPairs, indexThumbnails } from '../../files/index.ts';

/** An image whose picture stands under another class too. */
export interface Contradiction {
  readonly image: string;
  readonly reason: 'identical-pixels' | 'near-duplicate' | 'neighbours';
  /** The other class. */
  readonly suggested: string;
  /** Image or file that has it. */
  readonly other: string;
  /** How many times more pictures speak against the label than for it; sorts the list. */
  readonly weight: number;
}

/**
 * Images that were kept although the same pixels lie under another class: ingest keeps the first file and leaves the
 * others out, and frames of two files can be equal too.
 */
export function identicalPixels(
  manifest: readonly ManifestRow[],
  duplicates: readonly DuplicateRow[],
): Contradiction[] {
  const found = new Map<string, Contradiction>();
  const note = (row: ManifestRow, suggested: string, other: string): void => {
    if (suggested !== '' && row.class !== suggested && !found.has(row.image))
      found.set(row.image, { image: row.image, reason: 'identical-pixels', suggested, other, weight: 1 });
  };
  const rowsOf = Map.groupBy(manifest, (row) => row.file);
  for (const { file, duplicate_of: kept, class: name } of duplicates)
    for (const row of rowsOf.get(kept) ?? []) note(row, name, file);
  for (const copies of Map.groupBy(manifest, (row) => row.pixel_hash).values())
    for (const row of copies) {
      const other = copies.find((each) => each.class !== row.class);
      if (other !== undefined) note(row, other.class, other.image);
    }
  return [...found.values()];
}

/** Correlations of thumbnails from which two images are near-duplicates, or neighbours in one scan. */
export interface Nearness {
  readonly near_duplicate: number;
  readonly same_scan: number;
}

/** So many times more neighbours of another class than of its own make an image stand out of its scan. */
const outnumbered = 2;

/**
 * Images whose nearly equal pictures have another class, at least as many of them as its own; and images whose neighbours,
 * as similar as slices of one scan are, mostly have another class. One wrong label in a scan puts itself on the list, not
 * its neighbours.
 * @param thumbnails 48 * 48 grey values by image
 */
export function similarPictures(
  manifest: readonly ManifestRow[],
  thumbnails: ReadonlyMap<string, Float32Array>,
  { near_duplicate: nearDuplicate, same_scan: sameScan }: Nearness,
): Contradiction[] {
  const rows = manifest.flatMap((row) => {
    const thumbnail = thumbnails.get(row.image);
    return thumbnail === undefined ? [] : [{ row, thumbnail, near: newCounts(), around: newCounts() }];
  });
  forSimilarPairs(
    indexThumbnails(rows.map(({ thumbnail }) => thumbnail)),
    Math.min(nearDuplicate, sameScan),
    () => false,
    (i, j, correlation) => {
      const [a, b] = [rows[i], rows[j]];
      if (a === undefined || b === undefined) return;
      const levels: ('near' | 'around')[] = correlation >= nearDuplicate ? ['near', 'around'] : ['around'];
      for (const level of levels) {
        count(a[level], b.row, correlation);
        count(b[level], a.row, correlation);
      }
    },
  );
  return rows.flatMap(
    ({ row, near, around }) =>
      contradictionOf(row, near, 'near-duplicate', 1) ?? contradictionOf(row, around, 'neighbours', outnumbered) ?? [],
  );
}

interface Neighbour {
  images: number;
  /** The most similar one. */
  image: string;
  correlation: number;
}

const newCounts = (): Map<string, Neighbour> => new Map();

function count(near: Map<string, Neighbour>, { class: name, image }: ManifestRow, correlation: number): void {
  const known = near.get(name);
  if (known === undefined) {
    near.set(name, { images: 1, image, correlation });
    return;
  }
  known.images++;
  if (correlation > known.correlation) Object.assign(known, { image, correlation });
}

function contradictionOf(
  row: ManifestRow,
  counts: ReadonlyMap<string, Neighbour>,
  reason: Contradiction['reason'],
  times: number,
): Contradiction | undefined {
  const own = 1 + (counts.get(row.class)?.images ?? 0);
  const [other] = [...counts].filter(([name]) => name !== row.class).sort(([, a], [, b]) => b.images - a.images);
  if (other === undefined) return undefined;
  const [suggested, { images, image }] = other;
  // The last slice of a scan has one neighbour only: it counts where no neighbour has the label.
  if (images < times * own && own > 1) return undefined;
  return { image: row.image, reason, suggested, other: image, weight: images / own };
}
