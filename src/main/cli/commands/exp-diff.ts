import { z } from 'zod';
import { type Change, type ExperimentDiff, experimentDiff } from '../../studies/experiments.ts';
import { factText } from '../../studies/facts.ts';
import { arrowOf, directionOf, numberText } from '../../studies/figures.ts';
import { leakyNotice, readRun } from '../../studies/run-record.ts';
import { textTable } from '../../studies/text-table.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

export const expDiff = defineCommand({
  name: 'exp diff',
  summary: 'parameters and figures in which two runs differ: old, new, change',
  options: z.object({ ...workspaceOption, a: z.string().min(1), b: z.string().min(1) }),
  configure(command) {
    command.argument('<a>', 'the run before, by id or enough of its beginning').argument('<b>', 'the run after');
    addWorkspaceOption(command);
  },
  run: ({ workspace, a, b }, context) =>
    withRecords(context, workspace, (records) => {
      const [before, after] = [readRun(records, a), readRun(records, b)];
      const diff = experimentDiff(before, after);
      // By file, as `dvc exp diff --json` has it.
      const value = {
        params: byFile(workspaceNames.params, diff.params),
        metrics: byFile('metrics.json', diff.metrics),
      };
      const leaky = before.run.leaky || after.run.leaky;
      const warnings = [
        leaky ? leakyNotice : '',
        before.run.splitHash === after.run.splitHash
          ? ''
          : 'The splits differ: these figures were measured on different patients.',
      ].filter((line) => line !== '');
      printResult(context, value, [describe(diff), ...warnings].join('\n\n'));
      return 0;
    }),
});

function byFile(file: string, changes: Readonly<Record<string, Change>>) {
  return Object.keys(changes).length === 0 ? {} : { [file]: changes };
}

function describe({ params, metrics }: ExperimentDiff): string {
  const tables = [
    tableOf('parameter', params, (key, value) => factText(key, value)),
    tableOf('figure', metrics, (_key, value) => (typeof value === 'number' ? numberText(value) : '')),
  ].filter((table) => table !== '');
  return tables.length === 0 ? 'Neither parameters nor figures differ.' : tables.join('\n\n');
}

function tableOf(
  title: string,
  changes: Readonly<Record<string, Change>>,
  textOf: (key: string, value: unknown) => string,
): string {
  const rows = Object.entries(changes).map(([key, change]) => [
    `${key}${title === 'figure' ? arrowOf(directionOf(key.replace(/^best /, ''))) : ''}`,
    change.old === undefined ? '-' : textOf(key, change.old),
    change.new === undefined ? '-' : textOf(key, change.new),
    change.diff === undefined ? '' : `${change.diff > 0 ? '+' : ''}${numberText(change.diff)}`,
  ]);
  return rows.length === 0 ? '' : textTable([title, 'old', 'new', 'change'], rows);
}
