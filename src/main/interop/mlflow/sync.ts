import { type HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import type { Progress } from '../../../pipeline/progress.ts';
import type { Run } from '../../records/runs.ts';
import { experimentId } from './experiment.ts';
import { pause } from './pause.ts';
import { pushModels, type SentModels } from './push-models.ts';
import { cameFrom, pushRun, type Sent } from './push-run.ts';
import { endSweeps } from './sweeps.ts';
import type { SendTools } from './tools.ts';

export interface SyncChoice {
  /** Whole ids; left out: every run that was made here. */
  readonly runs?: readonly string[] | undefined;
  /** Those too that came from a bundle or from another server. */
  readonly all: boolean;
}

export interface Synced {
  /** Runs of which something was sent. */
  readonly sent: readonly Sent[];
  readonly upToDate: number;
  readonly leftOut: readonly { readonly run: string; readonly why: NonNullable<Sent['leftOut']> }[];
  /** Runs that the server refused; the others were sent. */
  readonly refused: readonly { readonly run: string; readonly error: HilumError }[];
  readonly models: SentModels | null;
}

/** Whole runs are taken up again after these pauses: what had arrived is asked for first. */
const pausesMs = [500, 2000, 5000];

/**
 * Sends everything that the server does not have yet; twice adds nothing.
 * @throws HilumError `tracking/unreachable` after some attempts, `tracking/denied`, `tracking/redirected`,
 * `tracking/not-mlflow`, `cancelled/by-user`; what was sent until then is noted
 */
export async function syncRuns(
  tools: SendTools,
  choice: SyncChoice,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void = () => undefined,
  pauses: readonly number[] = pausesMs,
): Promise<Synced> {
  const runs = runsToSync(tools, choice);
  await forgetLostExperiments(tools);
  const results: Sent[] = [];
  const refused: { run: string; error: HilumError }[] = [];
  for (const [index, { id, name }] of runs.entries()) {
    onProgress({ step: `Sending ${name}`, done: index, total: runs.length, fraction: index / runs.length });
    try {
      results.push(await pushPatiently(tools, id, signal, pauses));
    } catch (error) {
      if (!hasCode(error, 'tracking/refused')) throw error;
      refused.push({ run: id, error });
    }
  }
  await endParents(tools, runs, results);
  const models = choice.runs === undefined ? await pushModels(tools) : null;
  if (runs.length > 0) onProgress({ step: 'Sent', done: runs.length, total: runs.length, fraction: 1 });
  return {
    sent: results.filter(hasSent),
    upToDate: results.filter((each) => !hasSent(each) && each.leftOut === null).length,
    leftOut: results.flatMap(({ run, leftOut }) => (leftOut === null ? [] : [{ run, why: leftOut }])),
    refused,
    models,
  };
}

/** Oldest first, so that a parent run stands before its children. */
export function runsToSync({ records, api }: Pick<SendTools, 'records' | 'api'>, { runs, all }: SyncChoice): Run[] {
  if (runs !== undefined) return runs.map((id) => records.runs.get(id));
  const isMeant = (run: Run): boolean => (run.origin === null || all) && !cameFrom(run, api.server.address);
  return records.runs.list().filter(isMeant).toReversed();
}

function hasSent({ params, points, tags, files, changedStatus }: Sent): boolean {
  return params + points + tags + files > 0 || changedStatus;
}

async function pushPatiently(
  tools: SendTools,
  run: string,
  signal: AbortSignal,
  pauses: readonly number[],
): Promise<Sent> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await pushRun(tools, run);
    } catch (error) {
      const wait = pauses[attempt];
      if (wait === undefined || !hasCode(error, 'tracking/unreachable')) throw error;
      await pause(wait, signal);
    }
  }
}

/** A server that was set up anew knows nothing of what it confirmed before. */
async function forgetLostExperiments({ api, records }: SendTools): Promise<void> {
  const server = api.server.address;
  const links = records.trackingLinks.list(server);
  for (const id of new Set(links.map(({ state }) => state.experiment.id))) {
    if (await api.hasExperiment(id)) continue;
    for (const { run, state } of links) if (state.experiment.id === id) records.trackingLinks.drop(server, run);
  }
}

async function endParents(tools: SendTools, runs: readonly Run[], results: readonly Sent[]): Promise<void> {
  const there = new Set(results.flatMap(({ run, remoteRun }) => (remoteRun === null ? [] : [run])));
  const parents = new Set(runs.flatMap(({ id, parent }) => (parent !== null && there.has(id) ? [parent] : [])));
  if (parents.size > 0) await endSweeps(tools, await experimentId(tools.api, tools.experiment), parents);
}
