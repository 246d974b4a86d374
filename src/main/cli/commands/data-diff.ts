import { z } from 'zod';
import { csvTable } from '../../../pipeline/disk/csv.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type ChangeLine, changeColumns, changeLines } from '../../studies/data-versions/change-lines.ts';
import { changesText } from '../../studies/data-versions/changes-text.ts';
import { type ComparedData, compareData } from '../../studies/data-versions/compare.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withReadStudy } from '../read-study.ts';

const shownInText = 20;

export const dataDiff = defineCommand({
  name: 'data diff',
  summary: 'says what differs between two versions of the dataset: images added, removed, relabelled, regrouped',
  options: z.object({
    ...workspaceOption,
    a: z.string().min(1),
    b: z.string().min(1),
    csv: z.boolean().default(false),
  }),
  configure(command) {
    command
      .argument('<a>', 'number, first digits of a hash, `current` or a git revision')
      .argument('[b]', 'the same; left out: `current`', 'current')
      .option('--csv', 'every change as a table change,image,from,to');
    addWorkspaceOption(command);
  },
  run: ({ workspace, a, b, csv }, context) =>
    withReadStudy(context, workspace, async (study) => {
      if (csv && context.json)
        throw new HilumError('usage/bad-option', { what: '--csv and --json exclude each other' });
      const compared = await compareData(study, a, b);
      const lines = changeLines(compared.diff);
      if (csv)
        context.data(
          csvTable(
            changeColumns,
            lines.map((line) => changeColumns.map((column) => line[column])),
          ),
        );
      else printResult(context, wireDiff(compared, lines), describe(compared, lines));
      return 0;
    }),
});

function wireDiff({ a, b, counts }: ComparedData, changes: readonly ChangeLine[]) {
  const side = ({ title, hash, version }: ComparedData['a']) => ({ title, hash, version: version?.version ?? null });
  return { a: side(a), b: side(b), counts, changes };
}

function describe({ a, b, counts }: ComparedData, lines: readonly ChangeLine[]): string {
  if (lines.length === 0) return `From ${a.title} to ${b.title}: no image differs.`;
  const shown = lines.slice(0, shownInText);
  const rest = lines.length - shown.length;
  return [
    `From ${a.title} to ${b.title}: ${changesText(counts)}.`,
    '',
    textTable(
      ['change', 'image', 'from', 'to'],
      shown.map(({ change, image, from, to }) => [change, image, from, to]),
    ),
    ...(rest > 0 ? ['', `${rest} more: --csv or --json.`] : []),
  ].join('\n');
}
