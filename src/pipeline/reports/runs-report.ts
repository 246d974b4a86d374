import type { ReportedRun, RunsReport } from '../domain/runs-report.ts';
import { testSetText } from '../domain/test-set.ts';
import { confusionSvg } from './confusion-svg.ts';
import { shortened } from './format.ts';
import { htmlFigure, htmlPage, htmlTable } from './html-page.ts';
import { learningCurvesSvg } from './learning-curves-svg.ts';
import { type Markup, markup } from './markup.ts';
import { overlaidCurvesSvg } from './overlaid-curves-svg.ts';
import { differenceSection, equalSection, figureSection, letterOf } from './runs-report-tables.ts';

/** One run, or several side by side, as a self-contained HTML page. */
export function runsReportHtml(report: RunsReport): string {
  const { runs, createdAt } = report;
  const isOne = runs.length === 1;
  return htmlPage({
    title: isOne ? 'Run report' : `Comparison of ${runs.length} runs`,
    createdAt,
    body: markup`<section><h2>${isOne ? 'The run' : 'The runs'}</h2>
${aboutTable(report)}${report.warnings.map(
  (warning) => markup`<p class="warning">${warning}</p>
`,
)}</section>
${differenceSection(report)}${figureSection(report)}<section><h2>Curves</h2>
${curves(runs)}</section>
<section><h2>Confusion matrices</h2>
${confusionFigures(runs)}</section>
<section><h2>Notes</h2>
${runs.map((run, index) => notes(run, index, isOne))}</section>
${equalSection(report)}`,
  });
}

function labelOf({ name }: ReportedRun, index: number, isOne: boolean): string {
  return isOne ? name : `${letterOf(index)}: ${name}`;
}

function aboutTable({ runs }: RunsReport): Markup {
  const lines: readonly (readonly [string, (run: ReportedRun) => string])[] = [
    ['Name', (run) => run.name],
    ['Id', (run) => run.id],
    ['Kind', (run) => run.kind],
    ['Started', (run) => run.startedAt],
    ['Ended', (run) => run.endedAt ?? 'not yet'],
    ['Outcome', (run) => run.outcome],
    ['Leaky', (run) => (run.leaky ? 'LEAKY' : 'no')],
    ['Tags', (run) => run.tags.join(', ')],
    ['Measured on', measuredOn],
    ['Test set', ({ metrics }) => (metrics?.test_set === undefined ? 'none' : testSetText(metrics.test_set))],
  ];
  return htmlTable(
    'As recorded',
    [
      { title: '', kind: 'text' },
      ...runs.map((_, index) => ({ title: runs.length === 1 ? 'Value' : letterOf(index), kind: 'name' as const })),
    ],
    lines.map(([title, textOf]) => [title, ...runs.map(textOf)]),
  );
}

function measuredOn({ metrics }: ReportedRun): string {
  if (metrics === null) return 'not evaluated, or its evaluation is not kept';
  const { scans, groups, images } = metrics.counts;
  const how = metrics.protocol === 'holdout' ? 'held out' : 'cross-validated';
  return `${metrics.part}, ${how}: ${scans} scans of ${groups} patient groups, ${images} images`;
}

function curves(runs: readonly ReportedRun[]): Markup {
  const [only] = runs;
  if (runs.every(({ epochs }) => epochs.length === 0))
    return markup`<p>No epoch was trained.</p>
`;
  if (runs.length === 1 && only !== undefined) {
    return htmlFigure({ caption: 'Learning curves', svg: learningCurvesSvg(only.epochs) });
  }
  const drawn = runs.map((run, index) => ({ label: labelOf(run, index, false), epochs: run.epochs }));
  return htmlFigure({ caption: 'Learning curves, aligned by epoch', svg: overlaidCurvesSvg(drawn) });
}

const titleLength = 36;

function confusionFigures(runs: readonly ReportedRun[]): Markup {
  if (runs.every(({ metrics }) => metrics === null))
    return markup`<p>None is kept.</p>
`;
  const of = (level: 'scan' | 'slice'): Markup[] =>
    runs.flatMap((run, index) => {
      if (run.metrics === null) return [];
      const { labels, matrix } = level === 'scan' ? run.metrics.scan_confusion : run.metrics.confusion;
      const caption = `${level === 'scan' ? 'Scans' : 'Slices'}, ${labelOf(run, index, runs.length === 1)}`;
      // The picture is narrow: its heading must fit, the caption below has the whole name.
      return [htmlFigure({ caption, svg: confusionSvg(labels, matrix, shortened(caption, titleLength)) })];
    });
  return markup`<div class="plots">${of('scan')}</div>
<div class="plots">${of('slice')}</div>
`;
}

const lineEnd = markup`
`;

/** As text, its lines kept. */
function notes(run: ReportedRun, index: number, isOne: boolean): Markup {
  const lines = run.notes.split(/\r?\n/).map((line, at) => markup`${at === 0 ? '' : lineEnd}${line}`);
  const text = run.notes === '' ? markup`<p>None.</p>` : markup`<p class="notes"><bdi>${lines}</bdi></p>`;
  return markup`${isOne ? '' : markup`<h3><bdi>${labelOf(run, index, false)}</bdi></h3>`}${text}
`;
}
