import { z } from 'zod';
import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import type { ErrorCode } from '../../../pipeline/domain/error-table.ts';
import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import type { Run } from '../../records/runs.ts';
import type { StudyContext } from '../context.ts';
import { keepModel } from '../keep-results.ts';
import { measureRun } from '../measure-run.ts';
import { newRun } from '../new-run.ts';
import { requireRoom } from '../room.ts';
import type { Study } from '../study.ts';
import { trainInput } from '../train-input.ts';
import { probedEstimate } from '../training-probe.ts';
import type { SweepBench } from './bench.ts';
import { heldOutSchema, type Measurement, type RecordedSweep } from './journal.ts';

const reportSchema = z.object({
  epochs: z.int(),
  bestEpoch: z.int(),
  stopped: z.boolean(),
  heldOut: heldOutSchema.nullable(),
});
type Report = z.infer<typeof reportSchema>;

/** What lies in the values of one candidate, and says nothing of the others. */
const ownFaults: ReadonlySet<ErrorCode> = new Set([
  'training/diverged',
  'training/too-large',
  'network/unknown-backbone',
  'network/unknown-tap',
  'network/weights-missing',
  'dataset/mixed-domains',
  'dataset/unknown-domain',
]);

export interface CandidateTraining {
  /** Index in the sweep. */
  readonly candidate: number;
  readonly params: Params;
  readonly rung: number;
  /** Epochs to have behind it then. */
  readonly stopAfter: number;
}

/**
 * Trains one candidate to the end of a rung, from its last checkpoint where it has one. Its run ends cancelled and can go on,
 * or completed with a sealed model.
 * @throws HilumError `cancelled/by-user`, and what would befall any candidate
 */
export async function trainCandidate(
  study: Study,
  context: StudyContext,
  sweep: RecordedSweep,
  bench: SweepBench,
  training: CandidateTraining,
): Promise<Measurement> {
  const { candidate, rung, params } = training;
  const known = runOf(study, sweep.id, params);
  const begin = async (of: Study): Promise<string> => {
    const name = `${sweep.plan.definition.name} #${candidate + 1}`;
    const made = await newRun({ ...of, workspace: { ...of.workspace, params } }, 'train', name, sweep.plan.allowLeak);
    return study.records.runs.start({ ...made, parent: sweep.id });
  };
  let run = known?.id;
  try {
    const prepared = await bench.prepared(params, context);
    if (run === undefined) {
      requireRoom(await probedEstimate(prepared, context));
      run = await begin(prepared);
    } else study.records.runs.resume(run);
    const report = await trainTo(prepared, context, run, training, sweep);
    return { candidate, rung, run, ...endOf(report), failed: null, heldOut: report.heldOut };
  } catch (error) {
    const failed = error instanceof HilumError && ownFaults.has(error.code) ? error.code : undefined;
    if (failed === undefined) throw error;
    run ??= await begin(study);
    study.records.runs.finish(run, 'failed');
    return { candidate, rung, run, epochs: 0, bestEpoch: 0, finished: true, failed, heldOut: null };
  }
}

/** The run that an earlier rung, or a sweep that was cut short, began: candidates differ in their parameters alone. */
function runOf({ records }: Study, sweep: string, params: Params): Run | undefined {
  const written = canonicalJson(params);
  return records.runs
    .list({ kind: 'train' })
    .find((run) => run.parent === sweep && canonicalJson(run.params) === written);
}

async function trainTo(
  study: Study,
  context: StudyContext,
  run: string,
  { stopAfter }: CandidateTraining,
  { plan }: RecordedSweep,
): Promise<Report> {
  const { records } = study;
  context.onRun?.(run);
  const { name } = records.runs.get(run);
  const about = { runId: run, title: name, resume: true, allowLeak: plan.allowLeak };
  const input = { ...(await trainInput(study, about)), stopAfter };
  try {
    const trained = (measured: StudyContext): Promise<Report> =>
      stageInWorker(measured, 'train', input, reportSchema, (event) => {
        if (event.kind !== 'epoch') return;
        records.epochs.add(run, event.fold, event.metrics);
        measured.onEpoch?.(run, event.fold, event.metrics);
      });
    const report = await measureRun(study, context, trained, { whole: false });
    if (!report.stopped) await keepModel(study, run, context.now());
    records.runs.finish(run, report.stopped ? 'cancelled' : 'completed');
    return report;
  } catch (error) {
    records.runs.finish(run, hasCode(error, 'cancelled/by-user') ? 'cancelled' : 'failed');
    throw error;
  }
}

function endOf({ epochs, bestEpoch, stopped }: Report): Pick<Measurement, 'epochs' | 'bestEpoch' | 'finished'> {
  return { epochs, bestEpoch, finished: !stopped };
}
