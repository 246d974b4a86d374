import { HilumError } from '../../../pipeline/domain/errors.ts';
import { connectionTo, sendTools } from '../../interop/mlflow/connect.ts';
import { syncRuns } from '../../interop/mlflow/sync.ts';
import { requireTracking } from '../../interop/mlflow/test-connection.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** Sends everything that the tracking server does not have yet. */
export function mlflowSyncJob(session: Session): JobRequest {
  return { kind: 'mlflow-sync', title: 'Send runs to MLflow', subject: null, run: (context) => sync(session, context) };
}

async function sync({ study, env }: Session, context: JobContext): Promise<void> {
  const connection = await connectionTo(requireTracking(env, study.workspace), env);
  const tools = sendTools(connection, study, context.signal, context.now);
  const view = context.showProgress();
  const { refused } = await syncRuns(tools, { all: false }, context.signal, view.update).finally(view.stop);
  // The others were sent: the first refusal says what is wrong.
  const [first] = refused;
  if (first !== undefined) throw new HilumError(first.error.code, first.error.facts);
}
