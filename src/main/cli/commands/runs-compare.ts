import { z } from 'zod';
import { bestIndex, type FactRow, type FigureRow, factRows, figureRows, isDifferent } from '../../studies/compare.ts';
import { factText } from '../../studies/facts.ts';
import { arrowOf, estimateText } from '../../studies/figures.ts';
import { leakyNotice, type RunRecord, readRun } from '../../studies/run-record.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

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
function marked(row: FigureRow): string[] {
  const index = bestIndex(row);
  const best = index === null ? null : (row.values[index]?.value ?? null);
  return row.values.map((each) => {
    if (each === null) return '';
    return best !== null && each.value === best ? `${estimateText(each)} *` : estimateText(each);
  });
}
