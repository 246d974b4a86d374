import { z } from 'zod';
import { suspectReasonTitles } from '../../../pipeline/domain/suspects.ts';
import { prepareWhereDue } from '../../studies/audits.ts';
import { findSuspects, type SuspectFinding, sameSearch, usualSearch } from '../../studies/suspects/find.ts';
import { type Suspect, suspectQueue } from '../../studies/suspects/queue.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, countOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const suspects = defineCommand({
  name: 'suspects',
  summary: 'ranks labels by how much held-out answers and equal pictures speak against them; changes none',
  options: z.object({
    ...workspaceOption,
    limit: countOption(0, 50),
    repeats: countOption(1, usualSearch.repeats).pipe(z.number().max(20)),
    folds: countOption(2, usualSearch.folds).pipe(z.number().max(50)),
    again: z.boolean().default(false),
    all: z.boolean().default(false),
  }),
  configure(command) {
    command
      .option('--limit <n>', 'images to print', '50')
      .option('--repeats <n>', 'how often the folds are drawn and trained anew', String(usualSearch.repeats))
      .option('--folds <n>', 'grouped folds of each repeat', String(usualSearch.folds))
      .option('--again', 'train anew, also where the newest run was cross-validated or the list is up to date')
      .option('--all', 'every image by rank, not only the doubtful ones; also those that were settled');
    addWorkspaceOption(command);
  },
  run: ({ workspace, limit, repeats, folds, again, all }, context) =>
    withStudy(context, workspace, async (study) => {
      const search = { repeats, folds, useOutOfFold: !again };
      const known = again ? undefined : await sameSearch(study, search);
      if (known === undefined) await prepareWhereDue(study, context);
      const found = known ?? (await findSuspects(study, context, search));
      const { paths } = study.workspace;
      const rows = await suspectQueue(paths, { show: all ? 'all' : 'doubtful', openOnly: !all });
      const value = { ...found, open: rows.filter(({ state }) => state === 'open').length, rows: rows.slice(0, limit) };
      printResult(context, value, describe(found, rows, limit));
      return 0;
    }),
});

function describe(found: SuspectFinding, rows: readonly Suspect[], limit: number): string {
  const { images, likely, agreement, identical, near_duplicates: near, neighbours, from, repeats, folds } = found;
  const basis =
    from === 'out-of-fold'
      ? 'the held-out predictions of the newest run'
      : `${counted(repeats, 'grouped cross-validation')} of ${folds} folds on cached features`;
  const shown = rows.slice(0, limit);
  const lines = [
    `${counted(images, 'label')} judged by ${basis}: ${likely} likely wrong, ${identical} under two classes by equal pixels, ${near} by nearly equal ones, ${neighbours} unlike their neighbours.`,
    `Held-out answers agree with ${(100 * agreement).toFixed(0)} % of the labels: the weaker they are, the less their doubt says.`,
  ];
  if (rows.length === 0) return [...lines, 'Nothing open is on the list.'].join('\n');
  const table = shown.map((row) => [
    row.rank,
    row.image,
    row.class,
    row.suggested,
    row.score.toFixed(2),
    suspectReasonTitles[row.reason],
    row.state,
  ]);
  const more =
    rows.length > shown.length
      ? [`${rows.length - shown.length} more: --limit, or suspects.csv in the artifacts folder.`]
      : [];
  return [
    ...lines,
    '',
    textTable(['rank', 'image', 'class', 'suggested', 'score', 'why', 'state'], table),
    '',
    ...more,
    'No label was changed. The Data screen shows the list image by image and relabels with one key.',
  ].join('\n');
}
