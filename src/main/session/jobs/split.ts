import type { JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';
import { runStageOf } from './stage-of-study.ts';

/** Makes the split that params.yaml asks for. */
export function splitJob(session: Session): JobRequest {
  return {
    kind: 'split',
    title: 'Split by patient group',
    subject: null,
    async run(context) {
      const view = context.showProgress();
      view.update({ step: 'Dividing by patient group', done: 0, total: 1, fraction: 0 });
      try {
        await session.reloadStudy();
        await runStageOf(session.study, 'split', context);
      } finally {
        view.stop();
        session.push({ topic: 'changed', what: 'dataset' });
      }
    },
  };
}
