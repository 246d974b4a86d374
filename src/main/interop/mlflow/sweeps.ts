import { hasCode } from '../../../pipeline/domain/errors.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import { flattened } from '../../studies/facts.ts';
import { type RecordedSweep, sweepJournal } from '../../studies/sweep/journal.ts';
import { standingOf } from '../../studies/sweep/view.ts';
import { cut, remoteName } from './names.ts';
import { ownTag } from './picture.ts';
import type { SendTools } from './tools.ts';
import type { RemoteRun } from './wire.ts';

/** The server's run that stands for a sweep, above those of its candidates; undefined: the id is of no sweep. */
export async function remoteSweep(tools: SendTools, experiment: string, id: string): Promise<RemoteRun | undefined> {
  const sweep = sweepOf(tools, id);
  if (sweep === undefined) return undefined;
  const found = await tools.api.runsTagged(experiment, ownTag, id);
  const [first] = found.filter(({ info }) => info.lifecycle_stage === 'active');
  return first ?? (await createSweep(tools, experiment, sweep));
}

async function createSweep(
  { api }: SendTools,
  experiment: string,
  { id, madeAt, plan }: RecordedSweep,
): Promise<RemoteRun> {
  const { definition } = plan;
  const made = await api.createRun({
    experiment,
    name: definition.name,
    startMs: Date.parse(madeAt),
    tags: [
      { key: ownTag, value: id },
      { key: 'hilum.kind', value: 'sweep' },
      { key: 'hilum.dataset_hash', value: plan.datasetHash },
      { key: 'hilum.split_hash', value: plan.splitHash },
      { key: 'hilum.notice', value: notice },
    ],
  });
  const params = Object.entries({ ...definition, candidates: plan.candidates.length }).flatMap(([key, value]) =>
    flattened(key, value).map(([name, leaf]) => ({
      key: remoteName(name),
      value: cut(JSON.stringify(leaf ?? null), 6000),
    })),
  );
  await api.log(made.info.run_id, { metrics: [], params: params.slice(0, 100), tags: [] });
  return made;
}

/** Ends the runs of sweeps that are finished here. @returns how many were ended now */
export async function endSweeps(tools: SendTools, experiment: string, ids: ReadonlySet<string>): Promise<number> {
  let ended = 0;
  for (const id of ids) {
    const sweep = sweepOf(tools, id);
    if (sweep === undefined || !standingOf(sweep).finished) continue;
    const remote = await remoteSweep(tools, experiment, id);
    if (remote === undefined || remote.info.status === 'FINISHED') continue;
    await tools.api.setStatus(remote.info.run_id, 'FINISHED', lastEnd(tools, id));
    ended++;
  }
  return ended;
}

function lastEnd({ records }: SendTools, sweep: string): number | null {
  const ends = records.runs
    .list()
    .flatMap(({ parent, endedAt }) => (parent === sweep && endedAt !== null ? [Date.parse(endedAt)] : []));
  return ends.length === 0 ? null : Math.max(...ends);
}

function sweepOf({ records }: SendTools, id: string): RecordedSweep | undefined {
  try {
    return sweepJournal(records).read(id);
  } catch (error) {
    if (hasCode(error, 'finding/unknown')) return undefined;
    throw error;
  }
}
