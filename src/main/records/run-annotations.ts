import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import type { RunTags } from './run-tags.ts';
import type { RunLabels, Runs } from './runs.ts';
import { write } from './write.ts';

/** What people change of a run at once; what is left out stays. */
export interface RunAnnotation extends RunLabels {
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
}

/**
 * Changes labels, tags and the trail together or not at all. The trail says which parts were changed, never to what.
 * @throws HilumError `run/unknown`, `run/changed`
 */
export function runAnnotations({ db }: RecordsContext, runs: Runs, tags: RunTags, audit: Audit) {
  return (run: string, { addTags, removeTags, ...labels }: RunAnnotation): void =>
    write(db, () => {
      runs.label(run, labels);
      tags.change(run, addTags, removeTags);
      audit.add('run/annotated', run, {
        name: labels.name !== undefined,
        notes: labels.notes !== undefined,
        pinned: labels.pinned !== undefined,
        tags: addTags.length + removeTags.length,
      });
    });
}
