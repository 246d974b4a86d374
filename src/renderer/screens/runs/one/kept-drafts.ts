import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Draft {
  /** The notes that were there when writing began. */
  readonly before: string;
  readonly text: string;
}

/** Notes that were not saved yet, by run: a look at another screen does not lose them. */
const drafts = createStore<{ readonly byRun: ReadonlyMap<string, Draft> }>(() => ({ byRun: new Map() }));

export function useKeptDraft(run: string) {
  const draft = useStore(drafts, ({ byRun }) => byRun.get(run));
  const edit = (next: Draft): void => drafts.setState(({ byRun }) => ({ byRun: new Map(byRun).set(run, next) }));
  const drop = (): void =>
    drafts.setState(({ byRun }) => ({ byRun: new Map([...byRun].filter(([id]) => id !== run)) }));
  return { draft, edit, drop };
}
