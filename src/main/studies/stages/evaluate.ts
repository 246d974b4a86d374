import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import {
  classMetricNames,
  type Estimate,
  type Metrics,
  metricsSchema,
  overallMetricNames,
} from '../../../pipeline/domain/metrics.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { workspaceOption } from '../command-words.ts';
import { keepResults } from '../keep-results.ts';
import { newRun } from '../new-run.ts';
import { recordArtefacts } from '../run-artefacts.ts';
import { defineStage } from '../stage.ts';
import type { Study } from '../study.ts';
import { textTable } from '../text-table.ts';

export const evaluate = defineStage({
  name: 'evaluate',
  summary: 'metrics with intervals on the held-out part, by slice and by scan',
  options: z.object(workspaceOption),
  configure: () => undefined,
  async run(_given, study, context) {
    const { records, workspace } = study;
    const { paths, params } = workspace;
    const trained = await trainedRun(study);
    const facts = await newRun(study, 'evaluate', trained?.name ?? 'model', trained?.leaky ?? false);
    const runId = records.runs.start(facts);
    try {
      const metrics = await stageInWorker(context, 'evaluate', { workspace: paths, params }, metricsSchema);
      const figures = flatMetrics(metrics);
      records.runMetrics.set(runId, figures);
      if (trained !== undefined) {
        records.runMetrics.set(trained.id, figures);
        await keepResults(paths, trained.id);
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

/** The run that made the model: its figures are these. undefined when its record was deleted. */
async function trainedRun({ workspace, records }: Study) {
  const text = await readFile(join(workspace.paths.artifacts, artifactNames.training), 'utf8').catch(() => '{}');
  const { run } = z.object({ run: z.string().optional() }).parse(JSON.parse(text));
  try {
    return run === undefined ? undefined : records.runs.get(run);
  } catch (error) {
    if (hasCode(error, 'run/unknown')) return undefined;
    throw error;
  }
}

/** `scan/balanced_accuracy`, `slice/Stone/sensitivity`, … */
function flatMetrics(metrics: Metrics): Record<string, Estimate> {
  const figures: [string, Estimate][] = [];
  for (const level of ['slice', 'scan'] as const) {
    for (const name of overallMetricNames) figures.push([`${level}/${name}`, metrics[level][name]]);
    for (const [label, each] of Object.entries(metrics.per_class)) {
      for (const name of classMetricNames) figures.push([`${level}/${label}/${name}`, each[level][name]]);
    }
  }
  return Object.fromEntries(figures);
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
  if (metrics.honesty === 'leaky')
    lines.unshift('LEAKY: patients stand on both sides of the split. These figures measure memory, not skill.', '');
  return lines.join('\n');
}

function figure({ value, low, high }: Estimate): string {
  if (value === null) return 'n/a';
  if (low === null || high === null) return value.toFixed(3);
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
