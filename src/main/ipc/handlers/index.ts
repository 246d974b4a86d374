import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';
import { appHandlers } from './app.ts';
import { batchHandlers } from './batches.ts';
import { cardHandlers } from './cards.ts';
import { datasetHandlers } from './dataset.ts';
import { duelHandlers } from './duels.ts';
import { explainHandlers } from './explain.ts';
import { honestyHandlers } from './honesty.ts';
import { imageHandlers } from './images.ts';
import { jobHandlers } from './jobs.ts';
import { machineHandlers } from './machine.ts';
import { modelHandlers } from './models.ts';
import { runHandlers } from './runs.ts';
import { suspectHandlers } from './suspects.ts';
import { sweepHandlers } from './sweeps.ts';
import { trainingHandlers } from './training.ts';

/** One handler a call; one missing does not compile. */
export function createHandlers(session: Session): Handlers {
  return {
    ...appHandlers(session),
    ...jobHandlers(session),
    ...batchHandlers(session),
    ...imageHandlers(session),
    ...explainHandlers(session),
    ...datasetHandlers(session),
    ...honestyHandlers(session),
    ...trainingHandlers(session),
    ...sweepHandlers(session),
    ...runHandlers(session),
    ...modelHandlers(session),
    ...duelHandlers(session),
    ...suspectHandlers(session),
    ...cardHandlers(session),
    ...machineHandlers(session),
  } satisfies Handlers;
}
