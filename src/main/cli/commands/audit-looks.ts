import { z } from 'zod';
import { minuteText } from '../../studies/run-record.ts';
import { type Look, looksAt } from '../../studies/test-set.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

export const auditLooks = defineCommand({
  name: 'audit looks',
  summary: 'every evaluation on a locked test set: when, by which run, by whom',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  run: ({ workspace }, context) =>
    withRecords(context, workspace, (records) => {
      const looks = looksAt(records);
      const value = looks.map(({ at, testSet, images, run, modelRun, by, before }) => ({
        ...{ at, images, run, by },
        test_set: testSet,
        model_run: modelRun,
        opened_before: before,
      }));
      printResult(context, { looks: value }, describe(looks));
      return 0;
    }),
});

function describe(looks: readonly Look[]): string {
  if (looks.length === 0) return 'No locked test set was opened yet. Cross-validation opens none.';
  const rows = looks.map(({ at, testSet, images, run, modelRun, by, before }) => [
    testSet.slice(0, 8),
    before + 1,
    minuteText(at),
    run,
    modelRun ?? '-',
    by === '' ? '-' : by,
    images,
  ]);
  const sets = new Set(looks.map(({ testSet }) => testSet)).size;
  return [
    textTable(['test set', 'look', 'at (UTC)', 'evaluation', 'model of run', 'by', 'images'], rows),
    '',
    `${counted(looks.length, 'look')} at ${counted(sets, 'test set')}. Each one that is followed by a choice makes the next figure more flattering.`,
  ].join('\n');
}
