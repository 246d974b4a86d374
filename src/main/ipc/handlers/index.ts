import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';
import { appHandlers } from './app.ts';
import { batchHandlers } from './batches.ts';
import { bundleHandlers } from './bundles.ts';
import { cardHandlers } from './cards.ts';
import { dataHandlers } from './data.ts';
import { datasetHandlers } from './dataset.ts';
import { duelHandlers } from './duels.ts';
import { explainHandlers } from './explain.ts';
import { honestyHandlers } from './honesty.ts';
import { imageHandlers } from './images.ts';
import { jobHandlers } from './jobs.ts';
import { keyHandlers } from './keys.ts';
import { machineHandlers } from './machine.ts';
import { modelExportHandlers } from './model-exports.ts';
import { modelHandlers } from './models.ts';
import { networkHandlers } from './networks.ts';
import { pipelineHandlers } from './pipeline.ts';
import { registryHandlers } from './registry.ts';
import { runHandlers } from './runs.ts';
import { suspectHandlers } from './suspects.ts';
import { sweepHandlers } from './sweeps.ts';
import { trackingHandlers } from './tracking.ts';
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
    ...dataHandlers(session),
    ...honestyHandlers(session),
    ...pipelineHandlers(session),
    ...trainingHandlers(session),
    ...sweepHandlers(session),
    ...runHandlers(session),
    ...bundleHandlers(session),
    ...modelHandlers(session),
    ...modelExportHandlers(session),
    ...networkHandlers(session),
    ...keyHandlers(session),
    ...registryHandlers(session),
    ...duelHandlers(session),
    ...suspectHandlers(session),
    ...cardHandlers(session),
    ...trackingHandlers(session),
    ...machineHandlers(session),
  } satisfies Handlers;
}
