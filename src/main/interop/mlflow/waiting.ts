import type { Records } from '../../records/index.ts';
import { readKeptSeal } from '../../studies/kept-files.ts';
import { readRecord } from '../../studies/run-record.ts';
import type { Workspace } from '../../workspace/open.ts';
import { filesKey } from './artefacts.ts';
import { isNothing, missingOf } from './missing.ts';
import { pictureOf } from './picture.ts';
import type { TrackingSettings } from './settings.ts';

export interface Waiting {
  /** Runs made here of which the server has not confirmed everything. */
  readonly runs: number;
  /** ISO 8601; null: nothing was sent yet. */
  readonly lastSent: string | null;
}

/** From the records alone: the server is not asked. */
export async function waitingRuns(
  { records, workspace }: { readonly records: Records; readonly workspace: Workspace },
  { server, experiment, artefacts }: TrackingSettings,
): Promise<Waiting> {
  const links = new Map(records.trackingLinks.list(server.address).map((link) => [link.run, link.state]));
  let waiting = 0;
  for (const run of records.runs.list()) {
    if (run.origin !== null) continue;
    const state = links.get(run.id);
    if (state === undefined || state.open) {
      waiting++;
      continue;
    }
    const record = readRecord(records, run);
    const seal = await readKeptSeal(workspace.paths.state, run.id);
    const lacksFiles = run.outcome !== 'running' && state.files !== filesKey(record, seal, artefacts);
    if (lacksFiles || !isNothing(missingOf(pictureOf(record, { seal, study: experiment }), state))) waiting++;
  }
  const sent = [...links.values()].map(({ sentAt }) => sentAt).sort();
  return { runs: waiting, lastSent: sent.at(-1) ?? null };
}
