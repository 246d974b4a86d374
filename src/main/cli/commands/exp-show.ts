import { z } from 'zod';
import { type Cell, csvTable } from '../../../pipeline/disk/csv.ts';
import { type ExperimentTable, experimentTable } from '../../studies/experiments.ts';
import { factText } from '../../studies/facts.ts';
import { numberText } from '../../studies/figures.ts';
import { leakyNotice, minuteText, readRecord, runValue } from '../../studies/run-record.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

export const expShow = defineCommand({
  name: 'exp show',
  summary: 'table of runs with the parameters in which they differ and their figures',
  options: z.object({
    ...workspaceOption,
    csv: z.boolean().default(false),
    all: z.boolean().default(false),
  }),
  configure(command) {
    command
      .option('--csv', 'as CSV, for spreadsheets')
      .option('--all', 'also runs that did not train, equal parameters, figures by slice and of single classes');
    addWorkspaceOption(command);
  },
  run: ({ workspace, csv, all }, context) =>
    withRecords(context, workspace, (records) => {
      const runs = records.runs.list().filter(({ kind }) => all || isExperiment(kind));
      const table = experimentTable(
        runs.map((run) => readRecord(records, run)),
        all,
      );
      if (csv && !context.json) {
        context.data(csvOf(table));
        return 0;
      }
      const value = runs.map((run, at) => ({
        ...runValue(run),
        figures: Object.fromEntries(
          table.figures.map((name, column) => [name, table.rows[at]?.figures[column] ?? null]),
        ),
      }));
      printResult(context, { differing: table.params, runs: value }, describe(table));
      return 0;
    }),
});

/** What trains a model, or came from elsewhere where something did. */
function isExperiment(kind: string): boolean {
  return ['train', 'validate', 'imported'].includes(kind);
}

function csvOf({ params, figures, rows }: ExperimentTable): string {
  const about = ['id', 'name', 'kind', 'parent', 'started_at', 'outcome', 'leaky'];
  return csvTable(
    [...about, ...params.map((key) => `params.${key}`), ...figures],
    rows.map((row): Cell[] => [
      ...[row.id, row.name, row.kind, row.parent, row.startedAt, row.outcome, row.leaky],
      ...row.params.map(cellOf),
      ...row.figures,
    ]),
  );
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

function describe({ params, figures, rows }: ExperimentTable): string {
  if (rows.length === 0) return 'No runs are recorded.';
  const lines = rows.map((row) => [
    ...[row.id, row.name, row.parent ?? '', minuteText(row.startedAt), row.outcome, row.leaky ? 'LEAKY' : ''],
    ...row.params.map((value, at) => factText(params[at] ?? '', value)),
    ...row.figures.map((value) => (value === null ? '' : numberText(value))),
  ]);
  const header = ['id', 'name', 'parent', 'started (UTC)', 'outcome', 'stamp', ...params, ...figures];
  const text = textTable(header, lines);
  return rows.some(({ leaky }) => leaky) ? `${text}\n\n${leakyNotice}` : text;
}
