import { requireTracking } from '../../interop/mlflow/test-connection.ts';
import { mlflowSyncJob } from '../../session/jobs/mlflow-sync.ts';
import type { Session } from '../../session/session.ts';
import { keepToken, saveTracking, testTracking, trackingState } from '../../session/tracking.ts';
import type { Channel } from '../contract.ts';
import type { Handlers } from '../core.ts';

type TrackingChannel = Extract<Channel, `tracking/${string}`>;

export function trackingHandlers(session: Session): Pick<Handlers, TrackingChannel> {
  return {
    'tracking/get': () => trackingState(session),
    'tracking/save': async (wanted) => {
      await saveTracking(session, wanted);
      return {};
    },
    'tracking/test': () => testTracking(session),
    'tracking/sync': () => {
      requireTracking(session.env, session.study.workspace);
      return { job: session.jobs.add(mlflowSyncJob(session)).id };
    },
    'tracking/token': async ({ token }) => {
      await keepToken(session, token);
      return {};
    },
  };
}
