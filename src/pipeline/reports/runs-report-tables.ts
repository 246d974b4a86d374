import type { RunsReport } from '../domain/runs-report.ts';
import { formatEstimate, formatFigure } from './format.ts';
import { type Column, htmlTable } from './html-page.ts';
import { type Markup, markup } from './markup.ts';

type Figure = RunsReport['figures'][number];

/** `A`, `B`, …: what a run is called where several stand side by side. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** What differs between the runs; nothing where there is only one. */
export function differenceSection({ runs, facts }: RunsReport): Markup {
  if (runs.length === 1) return markup``;
  const differing = facts.filter(({ differs }) => differs);
  const table = htmlTable(
    'Values in each run',
    [{ title: 'Part', kind: 'text' }, { title: 'Key', kind: 'name' }, ...runColumns(runs.length, 'name')],
    differing.map(({ part, key, values }) => [part, key, ...values.map((value) => value ?? 'none')]),
  );
  return markup`<section><h2>What differs</h2>
${differing.length === 0 ? markup`<p>Nothing they were made of differs.</p>` : table}</section>
`;
}

/** What every run was made of alike; of a single run all of it. */
export function equalSection({ runs, facts }: RunsReport): Markup {
  const isOne = runs.length === 1;
  const table = htmlTable(
    isOne ? 'Parameters, hashes and machine' : 'The same value in every run',
    [
      { title: 'Part', kind: 'text' },
      { title: 'Key', kind: 'name' },
      { title: 'Value', kind: 'name' },
    ],
    facts.filter(({ differs }) => isOne || !differs).map(({ part, key, values }) => [part, key, values[0] ?? 'none']),
  );
  return markup`<section><h2>${isOne ? 'What it was made of' : 'What is equal'}</h2>
${table}</section>
`;
}

const levels = [
  { level: 'scan', caption: 'By scan: the joint vote of its slices' },
  { level: 'slice', caption: 'By slice' },
  { level: 'curve', caption: 'Curves of the model, best epoch' },
] as const;

/** Figures with their intervals, scans first; where there are several runs the best of each row says so. */
export function figureSection({ runs, figures }: RunsReport): Markup {
  const tables = levels.flatMap(({ level, caption }) => {
    const rows = figures.filter((figure) => figure.level === level);
    return rows.length === 0 ? [] : [figureTable(caption, rows, runs.length)];
  });
  const remark =
    tables.length === 0
      ? 'Nothing was measured.'
      : 'In brackets: 95 % bootstrap interval over patient groups. Intervals that overlap do not prove a difference.';
  return markup`<section><h2>Figures</h2>
<p>${remark}</p>
${tables}</section>
`;
}

function figureTable(caption: string, rows: readonly Figure[], runs: number): Markup {
  const textOf = (figure: Figure, index: number): string => {
    const value = figure.values[index] ?? null;
    if (value === null) return '';
    // Only evaluations have intervals.
    const text = figure.level === 'curve' && value.value !== null ? formatFigure(value.value) : formatEstimate(value);
    return runs > 1 && figure.best === index ? `best ${text}` : text;
  };
  return htmlTable(
    caption,
    [{ title: 'Figure', kind: 'name' }, { title: 'Better', kind: 'text' }, ...runColumns(runs, 'number')],
    rows.map((figure) => [
      figure.title,
      figure.better ?? '',
      ...figure.values.map((_, index) => textOf(figure, index)),
    ]),
  );
}

function runColumns(runs: number, kind: Column['kind']): Column[] {
  if (runs === 1) return [{ title: 'Value', kind }];
  return Array.from({ length: runs }, (_, index) => ({ title: letterOf(index), kind }));
}
