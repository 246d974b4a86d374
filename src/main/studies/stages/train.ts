import { basename } from 'node:path';
import { z } from 'zod';
import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import type { Run } from '../../records/runs.ts';
import { isResumable } from '../checkpoints.ts';
import { workspaceOption } from '../command-words.ts';
import { estimateText } from '../estimate-text.ts';
import { keepModel } from '../keep-results.ts';
import { measureRun } from '../measure-run.ts';
import { newRun } from '../new-run.ts';
import { requireRoom } from '../room.ts';
import { recordArtefacts } from '../run-artefacts.ts';
import { defineStage } from '../stage.ts';
import type { Study } from '../study.ts';
import { counted } from '../text-table.ts';
import { trainInput } from '../train-input.ts';
import { probedEstimate } from '../training-probe.ts';

const options = z
  .object({
    ...workspaceOption,
    resume: z.boolean().default(false),
    run: z.string().optional(),
    allowLeak: z.boolean().default(false),
    name: z.string().min(1).max(200).optional(),
    estimate: z.boolean().default(false),
  })
  .refine(({ resume, run }) => resume || run === undefined, { path: ['run'], message: 'only goes with --resume' });
type Options = z.infer<typeof options>;

const trainReportSchema = z.object({
  runId: z.string(),
  epochs: z.int(),
  bestEpoch: z.int(),
  leaky: z.boolean(),
  protocol: z.enum(['holdout', 'cross-validated']),
  folds: z.int(),
  seal: z.string(),
  trainImages: z.int(),
  classWeights: z.array(z.number()),
});

export const train = defineStage({
  name: 'train',
  summary: 'trains the head on cached features, or more of the network, and seals the model',
  options,
  configure(command) {
    command
      .option('--resume', 'go on from the last checkpoint of the newest unfinished run')
      .option('--run <id>', 'with --resume: go on with this run instead')
      .option('--allow-leak', 'train although the split leaks; the run is stamped leaky for ever')
      .option('--name <name>', 'name of the run and of its model')
      .option('--estimate', 'say what the run would take in time and memory, and train nothing');
  },
  async run(given, study, context) {
    const { records, workspace } = study;
    const estimate = await probedEstimate(study, context);
    if (given.estimate) return { code: 0, value: estimate, text: estimateText(estimate), made: false };
    requireRoom(estimate);
    const runId = given.resume
      ? await resumedRun(study, given.run)
      : records.runs.start(await newRun(study, 'train', titleOf(given, study), given.allowLeak));
    context.onRun?.(runId);
    const { kind: _kind, name, leaky } = records.runs.get(runId);
    const input = await trainInput(study, {
      runId,
      title: name === folderName(study) ? undefined : name,
      resume: given.resume,
      allowLeak: given.allowLeak || leaky,
    });
    try {
      const report = await measureRun(
        study,
        context,
        (measured) =>
          stageInWorker(measured, 'train', input, trainReportSchema, (event) => {
            if (event.kind !== 'epoch') return;
            records.epochs.add(runId, event.fold, event.metrics);
            measured.onEpoch?.(runId, event.fold, event.metrics);
          }),
        { whole: false },
      );
      await keepModel(study, runId, context.now());
      await recordArtefacts(records, runId, workspace.paths, ['model', 'training']);
      records.runs.finish(runId, 'completed');
      return { code: 0, value: { ...report, run: runId }, text: describe(report), made: true };
    } catch (error) {
      const cancelled = hasCode(error, 'cancelled/by-user');
      records.runs.finish(runId, cancelled ? 'cancelled' : 'failed');
      if (cancelled) context.say('The last checkpoint is kept: `hilum train --resume` goes on from it.');
      throw error;
    }
  },
  decisive: ({ allowLeak }) => ({ allowLeak }),
});

function titleOf(given: Options, { workspace }: Study): string {
  return given.name ?? folderName({ workspace });
}

function folderName({ workspace }: Pick<Study, 'workspace'>): string {
  return basename(workspace.paths.root) || 'model';
}

/** @throws HilumError `run/unknown`, `training/no-checkpoint` */
async function resumedRun({ records, workspace }: Study, id: string | undefined): Promise<string> {
  // Runs of a sweep wait for `sweep --resume`.
  const newest = (): Run | undefined => records.runs.list({ kind: 'train' }).find(({ parent }) => parent === null);
  const run = id === undefined ? newest() : records.runs.get(id);
  if (run === undefined || !(await isResumable(workspace.paths.state, run))) {
    throw new HilumError('training/no-checkpoint');
  }
  records.runs.resume(run.id);
  return run.id;
}

function describe(report: z.infer<typeof trainReportSchema>): string {
  const folds = report.protocol === 'cross-validated' ? `, ${report.folds} folds before it` : '';
  const lines = [
    `Run ${report.runId}: ${counted(report.epochs, 'epoch')}, best epoch ${report.bestEpoch}, ${report.trainImages} training images${folds}.`,
    `Sealed model: ${artifactNames.model} in the artifacts folder, seal ${report.seal.slice(0, 12)}.`,
  ];
  if (report.leaky)
    lines.push('LEAKY: patients stand on both sides of the split. Figures of this run measure memory, not skill.');
  return lines.join('\n');
}
