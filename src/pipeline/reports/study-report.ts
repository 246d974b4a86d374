import type { Metrics } from '../domain/metrics.ts';
import type { Params } from '../domain/params.ts';
import { modelParagraph, type ReportModel } from './batch-report.ts';
import { htmlFigure, htmlPage, htmlTable, htmlTextTable } from './html-page.ts';
import { markup } from './markup.ts';
import { metricsView } from './metrics-view.ts';
import type { ReportPlot } from './study-plots.ts';

export interface StudyReport {
  readonly model: ReportModel;
  readonly metrics: Metrics;
  readonly params: Params;
  readonly plots: readonly ReportPlot[];
}

/** Report of one evaluation as a self-contained HTML page: figures, plots, parameters. Equal input, equal bytes. */
export function studyReportHtml({ model, metrics, params, plots }: StudyReport): string {
  const view = metricsView(metrics);
  return htmlPage({
    title: 'Evaluation report',
    body: markup`<section><h2>What was measured</h2>
<p>${view.basis}</p>
${view.warnings.map(
  (warning) => markup`<p class="warning">${warning}</p>
`,
)}${modelParagraph(model)}</section>
<section><h2>Figures</h2>
<p>${view.intervals}</p>
${view.tables.map(htmlTextTable)}</section>
<section><h2>Plots</h2>
<div class="plots">${plots.map(htmlFigure)}</div></section>
<section><h2>Parameters</h2>
${htmlTable(
  'params.yaml, defaults included',
  [
    { title: 'Key', kind: 'text' },
    { title: 'Value', kind: 'name' },
  ],
  flattened(params),
)}</section>
`,
  });
}

/** `training.learning_rate`, `0.001`: leaves by dotted key, in the order of the file. */
function flattened(value: unknown, prefix = ''): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[prefix, typeof value === 'string' ? value : JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, entry]) => flattened(entry, prefix === '' ? key : `${prefix}.${key}`));
}
