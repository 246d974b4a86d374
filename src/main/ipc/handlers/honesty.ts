import { honestyJob } from '../../session/jobs/honesty.ts';
import type { Session } from '../../session/session.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import { describeHonesty } from '../../studies/honesty.ts';
import type { Handlers } from '../core.ts';

export function honestyHandlers(session: Session): Pick<Handlers, 'honesty/get' | 'honesty/start'> {
  return {
    'honesty/get': () => describeHonesty(session.study),
    'honesty/start': async ({ what }) => {
      await requireManifest(session.study.workspace.paths);
      return { job: session.jobs.add(honestyJob(session, what)).id };
    },
  };
}
