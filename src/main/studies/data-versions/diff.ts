import type { ManifestRow } from '../../../pipeline/domain/dataset.ts';
import { byCodePoint } from '../../../pipeline/domain/names.ts';
import type { DataChanges } from '../../records/data-versions.ts';

/** One image in two versions; its name may differ when the file was moved. */
export interface RowChange {
  readonly before: ManifestRow;
  readonly after: ManifestRow;
}

/** What turns one manifest into another; each list by name of the image. */
export interface DataDiff {
  readonly added: readonly ManifestRow[];
  readonly removed: readonly ManifestRow[];
  readonly changes: readonly RowChange[];
}

/**
 * Compares two manifests. Images are the same by name; of the others, those with the same file content are one image that
 * was moved (a folder a class: moving a file is how many people relabel).
 */
export function diffManifests(a: readonly ManifestRow[], b: readonly ManifestRow[]): DataDiff {
  const before = new Map(a.map((row) => [row.image, row]));
  const after = new Map(b.map((row) => [row.image, row]));
  const changes: RowChange[] = [];
  for (const [image, row] of before) {
    const other = after.get(image);
    if (other !== undefined && !sameRow(row, other)) changes.push({ before: row, after: other });
  }
  const gone = [...before.values()].filter(({ image }) => !after.has(image)).sort(byImage);
  const fresh = [...after.values()].filter(({ image }) => !before.has(image)).sort(byImage);
  const moves = pairByContent(gone, fresh);
  const movedFrom = new Set(moves.map((move) => move.before));
  const movedTo = new Set(moves.map((move) => move.after));
  return {
    added: fresh.filter((row) => !movedTo.has(row)),
    removed: gone.filter((row) => !movedFrom.has(row)),
    changes: [...changes, ...moves].sort((one, other) => byImage(one.after, other.after)),
  };
}

/** What happened to one image. */
export const changeKinds = {
  moved: ({ before, after }: RowChange) => before.image !== after.image,
  replaced: ({ before, after }: RowChange) => before.pixel_hash !== after.pixel_hash,
  relabelled: ({ before, after }: RowChange) => before.class !== after.class,
  regrouped: ({ before, after }: RowChange) => before.group !== after.group,
  rescanned: ({ before, after }: RowChange) => before.scan !== after.scan,
} as const satisfies Partial<Record<keyof DataChanges, (change: RowChange) => boolean>>;
export type ChangeKind = keyof typeof changeKinds;

export function countChanges({ added, removed, changes }: DataDiff): DataChanges {
  const count = (kind: ChangeKind): number => changes.filter(changeKinds[kind]).length;
  return {
    added: added.length,
    removed: removed.length,
    moved: count('moved'),
    replaced: count('replaced'),
    relabelled: count('relabelled'),
    regrouped: count('regrouped'),
    rescanned: count('rescanned'),
  };
}

/** Pairs of equal content in the order of their names; what has no partner stays out. */
function pairByContent(gone: readonly ManifestRow[], fresh: readonly ManifestRow[]): RowChange[] {
  const waiting = Map.groupBy(gone, contentOf);
  return fresh.flatMap((after) => {
    const before = waiting.get(contentOf(after))?.shift();
    return before === undefined ? [] : [{ before, after }];
  });
}

/** Content of one image: its file, and which frame of it. */
function contentOf({ file, image, sha256 }: ManifestRow): string {
  return `${sha256} ${image.startsWith(file) ? image.slice(file.length) : image}`;
}

function sameRow(a: ManifestRow, b: ManifestRow): boolean {
  return Object.entries(a).every(([key, value]) => Reflect.get(b, key) === value);
}

function byImage(a: ManifestRow, b: ManifestRow): number {
  return byCodePoint(a.image, b.image);
}
