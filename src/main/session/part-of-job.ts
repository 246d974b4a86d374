import type { JobContext } from './queue.ts';

/** The same job for a part of its work: what that reports as 0..1 is shown as `from`..`to` of the whole. */
export function partOfJob(context: JobContext, from: number, to: number): JobContext {
  return {
    ...context,
    showProgress: () => {
      const view = context.showProgress();
      return {
        update: (progress) => view.update({ ...progress, fraction: from + (to - from) * progress.fraction }),
        stop: view.stop,
      };
    },
  };
}
