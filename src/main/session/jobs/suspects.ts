import { prepareWhereDue } from '../../studies/audits.ts';
import { findSuspects, usualSearch } from '../../studies/suspects/find.ts';
import { partOfJob } from '../part-of-job.ts';
import type { JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** Share of the work that a base model takes where it must be made first. */
const preparing = 0.05;

/** Ranks every label of the dataset by doubt. */
export function suspectsJob(session: Session): JobRequest {
  return {
    kind: 'suspects',
    title: 'Look for suspect labels',
    subject: null,
    async run(context) {
      const view = context.showProgress();
      view.update({ step: 'Starting', done: 0, total: 1, fraction: 0 });
      try {
        await session.reloadStudy();
        await prepareWhereDue(session.study, partOfJob(context, 0, preparing));
        await findSuspects(session.study, partOfJob(context, preparing, 1), usualSearch);
      } finally {
        view.stop();
        session.push({ topic: 'changed', what: 'findings' });
      }
    },
  };
}
