import { HilumError } from '../../../../pipeline/domain/errors.ts';
import type { Progress } from '../../../../pipeline/progress.ts';
import type { Records } from '../../../records/index.ts';
import type { TrackingApi } from '../api.ts';
import { ownTag } from '../picture.ts';
import type { RemotePoint, RemoteRun } from '../wire.ts';
import { adoptedFigures, adoptedRun, adoptedTags, importedId } from './adopted.ts';
import { epochsFrom } from './epochs.ts';

export interface ImportChoice {
  /** Names; left out with `runs`: every experiment. */
  readonly experiments?: readonly string[] | undefined;
  /** Ids of the server. */
  readonly runs?: readonly string[] | undefined;
}

export interface Imported {
  /** Ids here, oldest first. */
  readonly added: readonly string[];
  /** Were brought in before, deleted ones of them included. */
  readonly known: number;
  /** Made by Hilum: a run bundle brings those in whole. */
  readonly ownRuns: number;
}

/**
 * Brings runs of a tracking server into the records, so that they stand beside ours. Twice adds nothing; a run is in the
 * records whole or not at all.
 * @throws HilumError `tracking/…`, `cancelled/by-user`; what was brought in until then stays
 */
export async function importRuns(
  api: TrackingApi,
  records: Records,
  choice: ImportChoice,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Imported> {
  const { runs, names } = await chosenRuns(api, choice);
  const server = api.server.address;
  const foreign = runs.filter(({ data }) => data.tags.every(({ key }) => key !== ownTag));
  const added: string[] = [];
  for (const [index, run] of foreign.entries()) {
    const progress = { step: 'Bringing in runs', done: index, total: foreign.length, fraction: index / foreign.length };
    onProgress(progress);
    const id = importedId(server, run.info.run_id);
    if (records.runs.find(id) !== undefined) continue;
    const experiment = names.get(run.info.experiment_id) ?? run.info.experiment_id;
    if (await bringIn(api, records, run, experiment)) added.push(id);
  }
  return { added, known: foreign.length - added.length, ownRuns: runs.length - foreign.length };
}

async function chosenRuns(api: TrackingApi, { experiments, runs }: ImportChoice) {
  const all = await api.experiments();
  const names = new Map(all.map(({ experiment_id, name }) => [experiment_id, name]));
  if (runs !== undefined) return { names, runs: await Promise.all(runs.map((id) => requireRun(api, id))) };
  const ids = (experiments ?? [...names.values()]).map((wanted) => {
    const found = all.find(({ name }) => name === wanted);
    if (found === undefined) throw new HilumError('tracking/unknown-experiment', { experiment: wanted });
    return found.experiment_id;
  });
  return { names, runs: ids.length === 0 ? [] : await api.runsOf(ids) };
}

async function requireRun(api: TrackingApi, id: string): Promise<RemoteRun> {
  const run = await api.run(id);
  if (run === undefined) throw new HilumError('tracking/unknown-run', { run: id });
  return run;
}

/** @returns false when it is there, hidden from the list */
async function bringIn(api: TrackingApi, records: Records, run: RemoteRun, experiment: string): Promise<boolean> {
  const histories = new Map<string, readonly RemotePoint[]>();
  for (const { key } of run.data.metrics) histories.set(key, await api.history(run.info.run_id, key));
  const adopted = adoptedRun(api.server.address, experiment, run);
  return records.together(() => {
    if (!records.runs.adopt(adopted)) return false;
    records.epochs.addMany(adopted.id, epochsFrom(histories));
    records.runMetrics.set(adopted.id, adoptedFigures(run));
    records.runTags.change(adopted.id, adoptedTags(run), []);
    return true;
  });
}
