import type { ManifestRow } from '../../domain/dataset.ts';
import { HilumError } from '../../domain/errors.ts';
import { byCodePoint } from '../../domain/names.ts';

/** A patient group as a split sees it: one thing that goes to one part. */
export interface PatientGroup {
  readonly id: string;
  readonly images: number;
  /** Images of each class that the group has. */
  readonly byClass: ReadonlyMap<string, number>;
  /** The class with most images, by code point where two have equally many. */
  readonly mainClass: string;
}

export type SplitInput = Pick<ManifestRow, 'image' | 'class' | 'group'>;

/** Groups by id, whatever the order of the rows. */
export function patientGroups(rows: readonly SplitInput[]): PatientGroup[] {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const byClass = counts.get(row.group) ?? new Map<string, number>();
    byClass.set(row.class, (byClass.get(row.class) ?? 0) + 1);
    counts.set(row.group, byClass);
  }
  return [...counts]
    .map(([id, byClass]) => {
      const ranked = [...byClass].sort(([a, m], [b, n]) => n - m || byCodePoint(a, b));
      const images = ranked.reduce((sum, [, count]) => sum + count, 0);
      return { id, images, byClass, mainClass: ranked[0]?.[0] ?? '' };
    })
    .sort((a, b) => byCodePoint(a.id, b.id));
}

export function classesOf(groups: readonly PatientGroup[]): string[] {
  return [...new Set(groups.flatMap((group) => [...group.byClass.keys()]))].sort(byCodePoint);
}

export function groupsWith(groups: readonly PatientGroup[], className: string): PatientGroup[] {
  return groups.filter((group) => group.byClass.has(className));
}

/** @throws HilumError `split/single-group` when a class stands in fewer than two groups */
export function requireTwoGroups(groups: readonly PatientGroup[], purpose: string): void {
  for (const className of classesOf(groups)) {
    const found = groupsWith(groups, className).length;
    if (found < 2) throw new HilumError('split/single-group', { class: className, groups: found, needed: 2, purpose });
  }
}
