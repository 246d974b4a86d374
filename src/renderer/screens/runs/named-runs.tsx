import { plural } from '../../format/numbers.ts';
import { knownRun } from './list/run-store.ts';

const namedAtMost = 5;

/** Which ones: what is marked may be out of sight. */
export function NamedRuns({ runs }: { readonly runs: readonly string[] }) {
  const names = runs.slice(0, namedAtMost).map((run) => knownRun(run)?.name ?? run);
  const more = runs.length - names.length;
  return (
    <p className="h-runs-named h-wrap">
      {names.join(', ')}
      {more === 0 ? '' : ` and ${plural(more, 'other')}`}
    </p>
  );
}
