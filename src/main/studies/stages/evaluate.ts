import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorTable } from '../../../pipeline/domain/error-table.ts';
import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { type Estimate, type Metrics, metricsSchema, overallMetricNames } from '../../../pipeline/domain/metrics.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { testSetText } from '../../../pipeline/domain/test-set.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import type { Run } from '../../records/runs.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import { workspaceOption } from '../command-words.ts';
import { flatMetrics } from '../flat-metrics.ts';
import { keepResults } from '../keep-results.ts';
import { readKeptSeal } from '../kept-files.ts';
import { newRun } from '../new-run.ts';
import { recordArtefacts } from '../run-artefacts.ts';
import { defineStage } from '../stage.ts';
import type { Study } from '../study.ts';
import { openTestSet, takeBackLook } from '../test-set.ts';
import { textTable } from '../text-table.ts';

export const evaluate = defineStage({
  name: 'evaluate',
  summary: 'metrics with intervals on the held-out part, by slice and by scan',
  options: z.object(workspaceOption),
  configure: () => undefined,
  async run(_given, study, context) {
    const { records, workspace } = study;
    const { paths, params } = workspace;
    const { run: trained, protocol } = await trainedRun(study);
    const facts = await newRun(study, 'evaluate', trained?.name ?? 'model', trained?.leaky ?? false);
    const runId = records.runs.start(facts);
    const look = { run: runId, modelRun: trained?.id ?? null };
    const testSet = protocol === 'cross-validated' ? null : await openTestSet(records, paths, look);
    try {
      const metrics = await stageInWorker(
        context,
        'evaluate',
        { workspace: paths, params, testSet },
        metricsSchema,
      ).catch((error: unknown) => {
        if (testSet !== null && showedNothing(error)) takeBackLook(records, testSet, runId);
        throw error;
      });
      const figures = flatMetrics(metrics);
      records.runMetrics.set(runId, figures);
      if (trained !== undefined) {
        records.runMetrics.set(trained.id, figures);
        await keepResults(paths, trained.id, metrics);
      }
      await recordArtefacts(records, runId, paths, ['metrics', 'predictions', 'report']);
      records.runs.finish(runId, 'completed');
      return {
        code: 0,
        value: metrics,
        text: describe(metrics, join(paths.artifacts, artifactNames.report)),
        made: true,
      };
    } catch (error) {
      records.runs.finish(runId, hasCode(error, 'cancelled/by-user') ? 'cancelled' : 'failed');
      throw error;
    }
  },
  decisive: () => null,
});

const trainingSchema = z.object({ run: z.string().optional(), protocol: z.string().optional() });

/** The run that made the model, whose figures these are, and its protocol; the run is undefined when its record was deleted. */
async function trainedRun({ workspace, records }: Study) {
  const text = await readFile(join(workspace.paths.artifacts, artifactNames.training), 'utf8').catch(() => '{}');
  const { run, protocol } = trainingSchema.parse(JSON.parse(text));
  return { run: run === undefined ? await runThatSealed({ workspace, records }) : records.runs.find(run), protocol };
}

/** The newest run that made the model which is in the artifacts folder; runs that were equal made equal models. */
async function runThatSealed({ workspace, records }: Study): Promise<Run | undefined> {
  const { artifacts, state } = workspace.paths;
  const seal = (await readModelIdentity(join(artifacts, artifactNames.model)).catch(() => undefined))?.seal;
  if (seal === undefined) return undefined;
  for (const run of records.runs.list()) if ((await readKeptSeal(state, run.id)) === seal) return run;
  return undefined;
}

/** It was refused or stopped before anything was written; of a crash or a full disk nobody knows. */
function showedNothing(error: unknown): boolean {
  return (
    error instanceof HilumError &&
    ['configuration', 'input', 'check', 'cancelled'].includes(errorTable[error.code].kind)
  );
}

function describe(metrics: Metrics, report: string): string {
  const { counts, confusion } = metrics;
  const overall = overallMetricNames.map((name) => [
    name.replaceAll('_', ' '),
    figure(metrics.scan[name]),
    figure(metrics.slice[name]),
  ]);
  const classes = Object.entries(metrics.per_class).map(([name, each]) => [
    name,
    figure(each.scan.sensitivity),
    figure(each.scan.specificity),
    figure(each.slice.sensitivity),
    figure(each.slice.specificity),
    each.scans,
    each.images,
  ]);
  const lines = [
    `Part: ${metrics.part}; ${counts.images} images of ${counts.scans} scans of ${counts.groups} patient groups.`,
    '',
    textTable(['metric', 'by scan', 'by slice'], overall),
    '',
    textTable(
      [
        'class',
        'sensitivity (scan)',
        'specificity (scan)',
        'sensitivity (slice)',
        'specificity (slice)',
        'scans',
        'images',
      ],
      classes,
    ),
    '',
    'Confusion by slice (rows: truth, columns: predicted)',
    textTable(
      ['', ...confusion.labels],
      confusion.matrix.map((row, i) => [confusion.labels[i] ?? '', ...row]),
    ),
    '',
    `Brackets: 95 % bootstrap interval over patient groups. Report: ${report}`,
  ];
  if (metrics.test_set !== undefined) lines.unshift(testSetText(metrics.test_set), '');
  if (metrics.honesty === 'leaky')
    lines.unshift('LEAKY: patients stand on both sides of the split. These figures measure memory, not skill.', '');
  return lines.join('\n');
}

function figure({ value, low, high }: Estimate): string {
  if (value === null) return 'n/a';
  if (low === null || high === null) return value.toFixed(3);
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
