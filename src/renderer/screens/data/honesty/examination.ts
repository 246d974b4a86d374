import { call, type Examination, type Job, useAction } from '../../../api.ts';
import { useActiveJob } from '../../../stores/jobs.ts';

/** Starts an examination; `busy` from the press to the end of its job. */
export function useExamination(what: Examination, kind: Job['kind']) {
  const start = useAction(() => call('honesty/start', { what }));
  const job = useActiveJob((each) => each.kind === kind);
  return { start: () => void start.run(), busy: start.busy || job !== undefined, error: start.error };
}
