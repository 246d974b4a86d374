/** At least and at most so many runs are compared. */
export const fewest = 2;
export const most = 20;

/** Which runs are compared, with which one as the baseline: what the address says. */
export interface Comparing {
  /** Each once, in the order in which they were chosen. */
  readonly ids: readonly string[];
  /** null: nobody chose it. */
  readonly base: string | null;
}

export function comparingOf(query: Readonly<Record<string, string>>): Comparing {
  const ids = [...new Set((query.ids ?? '').split(',').filter((id) => id !== ''))].slice(0, most);
  const base = query.base ?? null;
  return { ids, base: base !== null && ids.includes(base) ? base : null };
}

/** Entries of the address. */
export function queryOf({ ids, base }: Comparing): Readonly<Record<string, string | undefined>> {
  return { ids: ids.join(','), base: base ?? undefined };
}

export function withRun({ ids, base }: Comparing, id: string): Comparing {
  return ids.includes(id) || ids.length >= most ? { ids, base } : { ids: [...ids, id], base };
}

export function withoutRun({ ids, base }: Comparing, id: string): Comparing {
  return { ids: ids.filter((each) => each !== id), base: base === id ? null : base };
}

export function canCompare(count: number): boolean {
  return count >= fewest && count <= most;
}

interface Pinnable {
  readonly id: string;
  readonly pinned: boolean;
}

/** Index of the run that the others are measured against: the chosen one, else the first pinned one, else the first. */
export function baselineIndex(runs: readonly Pinnable[], base: string | null): number {
  const chosen = runs.findIndex(({ id }) => id === base);
  if (chosen >= 0) return chosen;
  return Math.max(
    0,
    runs.findIndex(({ pinned }) => pinned),
  );
}

/** Places of the runs with the baseline first. */
export function baselineFirst(count: number, baseline: number): number[] {
  const others = Array.from({ length: count }, (_, index) => index).filter((index) => index !== baseline);
  return [baseline, ...others];
}
