import type { Progress } from '../../pipeline/progress.ts';
import type { WorkContext } from './work-context.ts';

/** The same context; each report of progress is heard after it was shown. */
export function watchedProgress<Context extends WorkContext>(
  context: Context,
  heard: (progress: Progress) => void,
): Context {
  return {
    ...context,
    showProgress: () => {
      const view = context.showProgress();
      return {
        update: (progress) => {
          view.update(progress);
          heard(progress);
        },
        stop: () => view.stop(),
      };
    },
  };
}
