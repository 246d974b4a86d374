import type { Examination } from '../../ipc/contract/honesty.ts';
import { auditLeak, auditShortcuts, prepareWhereDue } from '../../studies/audits.ts';
import type { Study } from '../../studies/study.ts';
import { validateStudy } from '../../studies/validate.ts';
import { partOfJob } from '../part-of-job.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** Share of the work that a base model takes where it must be made first. */
const preparing = 0.05;

interface Work {
  readonly kind: JobRequest['kind'];
  readonly title: string;
  run(study: Study, context: JobContext): Promise<unknown>;
}

const works: Readonly<Record<Examination, Work>> = {
  'leak-meter': { kind: 'leak-meter', title: 'Leak meter', run: auditLeak },
  shortcuts: { kind: 'shortcuts', title: 'Shortcut audit', run: auditShortcuts },
  validate: {
    kind: 'validate',
    title: 'Validate by patient group',
    run: (study, context) => validateStudy({ shuffleLabels: false }, study, context),
  },
  'validate-shuffled': {
    kind: 'validate',
    title: 'Validate with shuffled labels',
    run: (study, context) => validateStudy({ shuffleLabels: true }, study, context),
  },
};

/** An examination of the dataset with the parameters of the workspace. */
export function honestyJob(session: Session, what: Examination): JobRequest {
  const { kind, title, run } = works[what];
  return {
    ...{ kind, title, subject: null },
    async run(context) {
      const view = context.showProgress();
      view.update({ step: 'Starting', done: 0, total: 1, fraction: 0 });
      try {
        await session.reloadStudy();
        await prepareWhereDue(session.study, partOfJob(context, 0, preparing));
        await run(session.study, partOfJob(context, preparing, 1));
      } finally {
        view.stop();
        for (const changed of ['findings', 'runs'] as const) session.push({ topic: 'changed', what: changed });
      }
    },
  };
}
