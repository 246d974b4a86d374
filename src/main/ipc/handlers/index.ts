import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';
import { appHandlers } from './app.ts';
import { batchHandlers } from './batches.ts';
import { datasetHandlers } from './dataset.ts';
import { imageHandlers } from './images.ts';
import { jobHandlers } from './jobs.ts';
import { machineHandlers } from './machine.ts';
import { modelHandlers } from './models.ts';
import { runHandlers } from './runs.ts';
import { trainingHandlers } from './training.ts';

/** One handler a call; one missing does not compile. */
export function createHandlers(session: Session): Handlers {
  return {
    ...appHandlers(session),
    ...jobHandlers(session),
    ...batchHandlers(session),
    ...imageHandlers(session),
    ...datasetHandlers(session),
    ...trainingHandlers(session),
    ...runHandlers(session),
    ...modelHandlers(session),
    ...machineHandlers(session),
  } satisfies Handlers;
}
