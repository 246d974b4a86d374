import { call } from '../../../api.ts';
import { notifyError } from '../../../stores/notices.ts';

/** Pins runs on top of the list, or lets them go: the first pinned one is the baseline of comparisons. */
export async function setPinned(runs: readonly string[], pinned: boolean): Promise<void> {
  try {
    for (const run of runs) await call('runs/annotate', { run, pinned });
  } catch (error) {
    notifyError(error);
  }
}
