import { HilumError } from '../../../pipeline/domain/errors.ts';
import { pullStudy } from '../../interop/remote/pull.ts';
import { type Moved, pushStudy } from '../../interop/remote/push.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** Sends outputs and versions of the dataset. @param remote null: the default one */
export function pushJob(session: Session, remote: string | null): JobRequest {
  return transferJob(session, 'data-push', 'Push to the remote', (context) =>
    pushStudy(session.study, context, { remote: remote ?? undefined, env: session.env }),
  );
}

/** Brings them, and puts the outputs of dvc.lock in place; nothing that is in no cache is overwritten. */
export function pullJob(session: Session, remote: string | null): JobRequest {
  return transferJob(session, 'data-pull', 'Pull from the remote', (context) =>
    pullStudy(session.study, context, { remote: remote ?? undefined, force: false, env: session.env }),
  );
}

function transferJob(
  session: Session,
  kind: JobRequest['kind'],
  title: string,
  work: (context: JobContext) => Promise<Moved>,
): JobRequest {
  return {
    ...{ kind, title, subject: null },
    async run(context) {
      try {
        await session.reloadStudy();
        requireWhole(await work(context));
      } finally {
        session.push({ topic: 'changed', what: 'dataset' });
      }
    },
  };
}

/** @throws HilumError `remote/incomplete` */
function requireWhole({ remote, missing, corrupt }: Moved): void {
  const [first] = [...corrupt, ...missing];
  if (first === undefined) return;
  const facts = { remote, missing: missing.length, corrupt: corrupt.length, oid: first };
  throw new HilumError('remote/incomplete', facts);
}
