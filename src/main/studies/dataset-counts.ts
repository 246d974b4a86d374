import type { ManifestRow } from '../../pipeline/domain/dataset.ts';

export interface Counts {
  readonly images: number;
  readonly scans: number;
  readonly groups: number;
}

type Counted = Pick<ManifestRow, 'class' | 'scan' | 'group'>;

export function countsOf(rows: readonly Counted[]): Counts {
  return {
    images: rows.length,
    scans: new Set(rows.map((row) => row.scan)).size,
    groups: new Set(rows.map((row) => row.group)).size,
  };
}

/** Classes in the order of their names. */
export function countsByClass(rows: readonly Counted[]): Record<string, Counts> {
  const byClass = [...Map.groupBy(rows, (row) => row.class)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(byClass.map(([name, own]) => [name, countsOf(own)]));
}

/** How often each value occurs, the most frequent first. */
export function frequencies(values: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
