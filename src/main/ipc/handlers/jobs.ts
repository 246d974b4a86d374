import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

export function jobHandlers(session: Session): Pick<Handlers, 'jobs/list' | 'jobs/cancel' | 'jobs/dismiss'> {
  return {
    'jobs/list': () => ({ jobs: [...session.jobs.list()] }),
    'jobs/cancel': ({ job }) => {
      session.jobs.cancel(job);
      return {};
    },
    'jobs/dismiss': ({ job }) => {
      session.jobs.dismiss(job);
      return {};
    },
  };
}
