import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import type { SweepDefinition } from '../../../pipeline/domain/sweep.ts';
import type { StudyContext } from '../context.ts';
import { datasetTables, requireManifest } from '../dataset-tables.ts';
import { keptFolderOf } from '../kept-files.ts';
import { newRun } from '../new-run.ts';
import { changeOf, plannedStages } from '../reproduce.ts';
import type { Study } from '../study.ts';
import { baseKeyOf, sweepBench } from './bench.ts';
import { candidatesOf } from './candidates.ts';
import { epochsAt } from './halving.ts';
import { type RecordedSweep, type SweepPlan, sweepJournal } from './journal.ts';
import { keepWorker } from './kept-worker.ts';
import { epochsOf, planOf } from './plan.ts';
import { progressOf } from './progress.ts';
import { type CandidateTraining, trainCandidate } from './train-candidate.ts';
import { type SweepView, standingOf, sweepView } from './view.ts';

export interface SweepOptions {
  /** Train although the split leaks; every run is stamped. */
  readonly allowLeak: boolean;
}

/** Runs of candidates that a sweep stopped carry it. */
const stoppedEarlyTag = 'stopped early';

/**
 * Notes a new sweep over the parameters of params.yaml, on the split that they make; nothing is trained yet.
 * @returns its id
 * @throws HilumError `sweep/…`, `dataset/missing`, `split/…`
 */
export async function beginSweep(
  study: Study,
  context: StudyContext,
  definition: SweepDefinition,
  { allowLeak }: SweepOptions,
): Promise<string> {
  await requireManifest(study.workspace.paths);
  const { params } = study.workspace;
  const { candidates, rungs } = planOf(params, definition);
  await splitIfChanged(study, context);
  const journal = sweepJournal(study.records);
  const names = new Set(journal.list().map(({ name }) => name));
  return journal.begin({
    definition: { ...definition, name: unusedName(definition.name, names) },
    params,
    candidates: candidates.map(({ changes }) => ({ changes })),
    rungs: [...rungs],
    allowLeak,
    ...(await dataOf(study)),
    protocol: await protocolOf(study),
  });
}

/**
 * Trains what a sweep still lacks, from the records alone: what was measured is not trained again, what was stopped on its
 * way goes on from its checkpoint. Cancelled, it can be continued.
 * @throws HilumError `sweep/changed` when dataset or split are others by now, `cancelled/by-user`
 */
export async function continueSweep(study: Study, context: StudyContext, id: string): Promise<SweepView> {
  const journal = sweepJournal(study.records);
  const begun = journal.read(id);
  // One that is finished can be looked at on any data.
  if (!standingOf(begun).finished) requireSameData(begun.plan, await dataOf(study));
  const bench = sweepBench(study, id);
  const worker = keepWorker(context.openWorker);
  const view = context.showProgress();
  try {
    for (let sweep = journal.read(id); ; sweep = journal.read(id)) {
      await dropLosers(study, sweep);
      const next = nextTraining(sweep);
      if (next === undefined) break;
      const within: StudyContext = {
        ...context,
        openWorker: worker.open,
        showProgress: () => progressOf(view, sweep, next),
      };
      journal.measured(sweep, await trainCandidate(study, within, sweep, bench, next));
    }
    await bench.clear();
    const done = sweepView(journal.read(id));
    journal.ended(journal.read(id), done);
    return done;
  } finally {
    view.stop();
    await worker.close();
  }
}

/** Candidates that share a base model come one after the other. */
function nextTraining(sweep: RecordedSweep): CandidateTraining | undefined {
  const { plan } = sweep;
  const { rung, waiting } = standingOf(sweep);
  const all = candidatesOf(plan.params, plan.definition);
  const bases = [...new Set(all.map(({ params }) => baseKeyOf(params)))];
  const keyed = waiting.flatMap((candidate) => {
    const params = all[candidate]?.params;
    return params === undefined ? [] : [{ candidate, params, base: bases.indexOf(baseKeyOf(params)) }];
  });
  const [first] = keyed.toSorted((a, b) => a.base - b.base || a.candidate - b.candidate);
  const step = plan.rungs[rung];
  if (first === undefined || step === undefined) return undefined;
  const { candidate, params } = first;
  return { candidate, params, rung, stopAfter: epochsAt(step, epochsOf(params)) };
}

/** Losers keep their curves; their checkpoints are of no use any more. */
async function dropLosers({ records, workspace }: Study, sweep: RecordedSweep): Promise<void> {
  for (const candidate of standingOf(sweep).dropped.keys()) {
    const last = sweep.measurements.findLast((each) => each.candidate === candidate);
    const run = last === undefined || last.finished ? undefined : records.runs.find(last.run);
    if (run === undefined || records.runTags.of(run.id).includes(stoppedEarlyTag)) continue;
    await rm(join(keptFolderOf(workspace.paths.state, run.id), 'checkpoints'), { recursive: true, force: true });
    records.runTags.change(run.id, [stoppedEarlyTag], []);
  }
}

async function splitIfChanged(study: Study, context: StudyContext): Promise<void> {
  for (const { stage, known, given } of await plannedStages(study)) {
    if (known.name === 'split' && (await changeOf(study, stage)) !== null) await known.runIn(given, study, context);
  }
}

async function dataOf(study: Study): Promise<Pick<SweepPlan, 'datasetHash' | 'splitHash'>> {
  const { datasetHash, splitHash } = await newRun(study, 'train', '', false);
  if (datasetHash === undefined) {
    throw new HilumError('dataset/missing', { file: artifactNames.manifest, command: 'ingest' });
  }
  if (splitHash === undefined) throw new HilumError('dataset/missing', { file: artifactNames.split, command: 'split' });
  return { datasetHash, splitHash };
}

function requireSameData(then: SweepPlan, now: Pick<SweepPlan, 'datasetHash' | 'splitHash'>): void {
  if (then.datasetHash !== now.datasetHash) throw new HilumError('sweep/changed', { what: 'The dataset' });
  if (then.splitHash !== now.splitHash) throw new HilumError('sweep/changed', { what: 'The split' });
}

/** @throws HilumError `sweep/no-validation` */
async function protocolOf({ workspace }: Study): Promise<SweepPlan['protocol']> {
  const rows = (await datasetTables(workspace.paths).split()) ?? [];
  if (rows.some(({ part }) => part === 'validation')) return 'holdout';
  if (rows.some(({ part }) => Number.isInteger(Number(part)))) return 'cross-validated';
  throw new HilumError('sweep/no-validation');
}

function unusedName(wanted: string, names: ReadonlySet<string>): string {
  if (!names.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!names.has(`${wanted} ${number}`)) return `${wanted} ${number}`;
}
