import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { hasCode } from '../../pipeline/domain/errors.ts';
import type { Params } from '../../pipeline/domain/params.ts';
import {
  type Validation,
  type ValidationInput,
  validationFiles,
  validationSchema,
} from '../../pipeline/domain/validation.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import type { StudyContext } from './context.ts';
import { flatMetrics } from './flat-metrics.ts';
import { keptNames } from './kept.ts';
import { keptFolderOf } from './kept-files.ts';
import { newRun } from './new-run.ts';
import { recordFiles } from './run-artefacts.ts';
import type { Study } from './study.ts';

export interface ValidationOptions {
  /** Left out: as params.yaml says. */
  readonly folds?: number | undefined;
  readonly repeats?: number | undefined;
  readonly shuffleLabels: boolean;
  /** Name of the run. */
  readonly name?: string | undefined;
}

/**
 * Repeated grouped cross-validation, recorded as a run with epochs, figures and predictions, and as a finding. Figures of
 * shuffled labels are kept with their run alone: `artifacts/` never holds them.
 * @throws HilumError as the stage; the run then ends cancelled or failed
 */
export async function validateStudy(
  options: ValidationOptions,
  study: Study,
  context: StudyContext,
): Promise<Validation> {
  const { records, workspace } = study;
  const params = withOptions(workspace.params, options);
  const name = options.name ?? nameOf(params, options.shuffleLabels);
  const facts = await newRun(study, 'validate', name, false);
  const notes = options.shuffleLabels ? 'A control: labels were shuffled between patient groups.' : undefined;
  const runId = records.runs.start({ ...facts, params, splitHash: undefined, notes });
  context.onRun?.(runId);
  try {
    const kept = keptFolderOf(workspace.paths.state, runId);
    const out = options.shuffleLabels ? kept : workspace.paths.artifacts;
    const { shuffleLabels } = options;
    const input: ValidationInput = { workspace: workspace.paths, params, runId, shuffleLabels, out };
    const result = await stageInWorker(context, 'validate', input, validationSchema, (event) => {
      if (event.kind !== 'epoch') return;
      records.epochs.add(runId, event.fold, event.metrics);
      context.onEpoch?.(runId, event.fold, event.metrics);
    });
    records.runMetrics.set(runId, flatMetrics(result.pooled));
    await writeFileAtomic(join(kept, keptNames.metrics), `${JSON.stringify(result.pooled, null, 2)}\n`);
    await writeFileAtomic(join(kept, keptNames.predictions), await readFile(join(out, validationFiles.predictions)));
    const files = Object.values(validationFiles).map((each) => join(out, each));
    await recordFiles(records, runId, workspace.paths.root, files);
    addFinding(study, result, params, facts.datasetHash);
    records.runs.finish(runId, 'completed');
    return result;
  } catch (error) {
    records.runs.finish(runId, hasCode(error, 'cancelled/by-user') ? 'cancelled' : 'failed');
    throw error;
  }
}

function withOptions(params: Params, { folds, repeats }: ValidationOptions): Params {
  const { validation } = params;
  return { ...params, validation: { folds: folds ?? validation.folds, repeats: repeats ?? validation.repeats } };
}

function nameOf({ validation: { folds, repeats } }: Params, isShuffled: boolean): string {
  return `validation, ${repeats} x ${folds} folds${isShuffled ? ', labels shuffled' : ''}`;
}

function addFinding({ records }: Study, result: Validation, params: Params, datasetHash?: string): void {
  const { run, folds, repeats, preset, shuffled } = result;
  records.findings.add({
    kind: 'validation',
    subject: run,
    codeVersion: records.runs.get(run).codeVersion,
    datasetHash: datasetHash ?? null,
    settings: {
      ...{ folds, preset },
      repeats: repeats.length,
      seed: params.seed,
      resamples: params.evaluation.resamples,
      shuffled: shuffled !== null,
    },
    result,
  });
}
