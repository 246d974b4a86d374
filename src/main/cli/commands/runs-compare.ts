import { z } from 'zod';
import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import type { Estimate } from '../../../pipeline/domain/metrics.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { factsOf, factText } from '../runs/facts.ts';
import {
  arrowOf,
  byMerit,
  type Direction,
  directionOf,
  type EpochFigure,
  epochFigures,
  estimateText,
  isEpochFigure,
} from '../runs/figures.ts';
import { leakyNotice, type RunRecord, readRun } from '../runs/run-record.ts';
import { withRecords } from '../study.ts';
import { textTable } from '../text-table.ts';

/** One thing that runs are made of, with its value in each run. */
interface FactRow {
  readonly key: string;
  readonly values: readonly unknown[];
}

/** One figure with its value in each run; null where a run has none. */
interface FigureRow {
  readonly name: string;
  readonly better: Direction;
  readonly values: readonly (Estimate | null)[];
}

export const runsCompare = defineCommand({
  name: 'runs compare',
  summary: 'shows what differs between runs, then their figures side by side',
  options: z.object({
    ...workspaceOption,
    ids: z.array(z.string().min(1)).min(2, 'at least two runs are needed').max(20, 'at most 20 runs fit'),
    all: z.boolean().default(false),
  }),
  configure(command) {
    command
      .argument('<ids...>', '2 to 20 runs, by id or enough of its beginning')
      .option('--all', 'also what is equal');
    addWorkspaceOption(command);
  },
  run: ({ workspace, ids, all }, context) =>
    withRecords(context, workspace, (records) => {
      const runs = ids.map((id) => readRun(records, id));
      const facts = factRows(runs);
      const differences = facts.filter(isDifferent);
      const figures = figureRows(runs);
      const value = {
        runs: runs.map(({ run: { id, name, kind, leaky } }) => ({ id, name, kind, leaky })),
        differences,
        ...(all ? { equal: facts.filter((row) => !isDifferent(row)) } : {}),
        figures,
      };
      printResult(context, value, describe(runs, all ? facts : differences, figures));
      return 0;
    }),
});

function factRows(records: readonly RunRecord[]): FactRow[] {
  const facts = records.map(({ run }) => factsOf(run));
  const keys = new Set(facts.flatMap((each) => [...each.keys()]));
  return [...keys].map((key) => ({ key, values: facts.map((each) => each.get(key) ?? null) }));
}

function isDifferent({ values }: FactRow): boolean {
  return new Set(values.map((value) => canonicalJson(value))).size > 1;
}

/** Figures of the evaluation by name, then the best epoch of each curve. */
function figureRows(records: readonly RunRecord[]): FigureRow[] {
  const names = new Set(records.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  const measured = [...names].sort(overallFirst).map((name) => ({
    name,
    better: directionOf(name),
    values: records.map(({ metrics }) => {
      const found = metrics.find((each) => each.name === name);
      return found === undefined ? null : { value: found.value, low: found.low, high: found.high };
    }),
  }));
  const curves = Object.keys(epochFigures)
    .filter(isEpochFigure)
    .filter((name) => epochFigures[name] !== null)
    .map((name) => ({
      name: `best ${name}`,
      better: directionOf(name),
      values: records.map((record) => bestEpoch(record, name)),
    }));
  return [...measured, ...curves].filter(({ values }) => values.some((each) => each !== null));
}

/** `scan/…` before `slice/…`, figures of all classes before those of one. */
function overallFirst(a: string, b: string): number {
  const depth = (name: string): number => name.split('/').length;
  return depth(a) - depth(b) || (a < b ? -1 : 1);
}

function bestEpoch({ epochs }: RunRecord, name: EpochFigure): Estimate | null {
  const values = epochs.flatMap(({ fold, metrics }) => (fold === 0 ? [metrics[name]] : []));
  const [value = null] = values.sort((a, b) => byMerit(a, b, directionOf(name)));
  return value === null ? null : { value, low: null, high: null };
}

function describe(records: readonly RunRecord[], facts: readonly FactRow[], figures: readonly FigureRow[]): string {
  const header = records.map(({ run }) => run.id);
  const names = records.map(({ run }) => run.name);
  const lines = [
    textTable(
      ['', ...header],
      [['name', ...names], ...facts.map(({ key, values }) => [key, ...values.map((value) => factText(key, value))])],
    ),
  ];
  if (facts.length === 0) lines.push('Nothing they were made of differs.');
  if (figures.length > 0) {
    const rows = figures.map((row) => [`${row.name}${arrowOf(row.better)}`, ...marked(row)]);
    lines.push(
      '',
      textTable(['figure', ...header], rows),
      '',
      '↑ higher is better, ↓ lower is better, * best of these.',
    );
  }
  const leaky = records.filter(({ run }) => run.leaky).map(({ run }) => run.id);
  if (leaky.length > 0) lines.push('', `${leakyNotice} (${leaky.join(', ')})`);
  if (new Set(records.map(({ run }) => run.splitHash)).size > 1)
    lines.push('', 'The splits differ: these figures were measured on different patients.');
  return lines.join('\n');
}

/** The best value carries a star, unless all are equal. */
function marked({ values, better }: FigureRow): string[] {
  const numbers = values.map((each) => each?.value ?? null);
  const [best = null] = [...numbers].sort((a, b) => byMerit(a, b, better));
  const stands = better !== null && best !== null && new Set(numbers.filter((each) => each !== null)).size > 1;
  return values.map((each) => {
    if (each === null) return '';
    return stands && each.value === best ? `${estimateText(each)} *` : estimateText(each);
  });
}
