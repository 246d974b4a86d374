import { createStore } from 'zustand/vanilla';
import type { RunRow } from '../../../api.ts';
import { onPush } from '../../../transport/pushes.ts';

/** What is known of a run without asking for it. */
export type RunHead = Omit<RunRow, 'cells'>;

interface Marks {
  readonly marked: ReadonlySet<string>;
  /** Where the keys are; the id is null until the row there is loaded. */
  readonly at: { readonly id: string | null; readonly index: number } | null;
}

const none: Marks = { marked: new Set(), at: null };

/** What is chosen in the list of runs; it outlives a look at one of them. */
export const marks = createStore<Marks>(() => none);

const heads = new Map<string, RunHead>();

/** Rows that came from the core. */
export function noteRuns(runs: readonly RunHead[]): void {
  for (const run of runs) heads.set(run.id, run);
}

export function knownRun(id: string): RunHead | undefined {
  return heads.get(id);
}

/** These runs are gone, or have been dealt with. */
export function unmark(ids: readonly string[]): void {
  marks.setState(({ marked, at }) => ({ marked: new Set([...marked].filter((id) => !ids.includes(id))), at }));
}

// Another workspace has other runs.
onPush((push) => {
  if (push.topic !== 'changed' || push.what !== 'workspace') return;
  heads.clear();
  marks.setState(none);
});
