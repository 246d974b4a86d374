import type { SentArtefacts } from '../../../pipeline/domain/tracking.ts';
import type { Records } from '../../records/index.ts';
import { type InTurn, inTurn } from '../../workspace/in-turn.ts';
import type { Workspace } from '../../workspace/open.ts';
import type { TrackingApi } from './api.ts';
import type { ModelApi } from './model-api.ts';

/** What sending takes. */
export interface SendTools {
  readonly api: TrackingApi;
  readonly models: ModelApi;
  readonly records: Records;
  readonly workspace: Workspace;
  /** Name of the experiment; it is made when the first run is sent. */
  readonly experiment: string;
  readonly artefacts: SentArtefacts;
  /** ISO 8601, UTC. */
  now(): string;
}

const turns = new WeakMap<Records, InTurn>();

/** Live logging and `sync` in one process send one run after the other: two at once would make two runs of one. */
export function sendingTurn(records: Records): InTurn {
  const known = turns.get(records) ?? inTurn();
  turns.set(records, known);
  return known;
}
