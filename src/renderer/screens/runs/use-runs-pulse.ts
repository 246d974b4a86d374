import type { Push } from '../../api.ts';
import { usePulse } from '../../use-pulse.ts';

/** Runs after runs were added, changed or went on. */
export function useRunsPulse(run: () => void, matters: (push: Push) => boolean = isAboutRuns): void {
  usePulse(run, matters);
}

function isAboutRuns(push: Push): boolean {
  return push.topic === 'epoch' || (push.topic === 'changed' && (push.what === 'runs' || push.what === 'workspace'));
}
