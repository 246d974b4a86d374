import { z } from 'zod';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { Shortcuts } from '../../../pipeline/domain/shortcuts.ts';
import { auditShortcuts, prepareWhereDue } from '../../studies/audits.ts';
import { estimateText } from '../../studies/figures.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const auditShortcutsCommand = defineCommand({
  name: 'audit shortcuts',
  summary: 'can the class be told without the disease: from file facts, brightness, border, kidneys blanked',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  run: ({ workspace }, context) =>
    withStudy(context, workspace, async (study) => {
      await prepareWhereDue(study, context);
      const audit = await auditShortcuts(study, context);
      printResult(context, audit, describe(audit));
      return 0;
    }),
});

function describe({ controls, sentence, folds, repeats, counts, chance }: Shortcuts): string {
  const rows = controls.map(({ title, balanced_accuracy, verdict }) => [
    title,
    estimateText(balanced_accuracy),
    verdict === 'near-chance' ? 'near chance' : verdict.toUpperCase(),
  ]);
  return [
    sentence,
    '',
    textTable(['what the control sees', 'balanced accuracy of slices', 'verdict'], rows),
    `Guessing gives ${chance.toFixed(2)}. ${repeats} x ${folds} folds by patient group, ${counts.images} images of ${counts.groups} patient groups.`,
    'Brackets: 95 % bootstrap interval over patient groups. Suspicious: the whole interval lies above guessing.',
    '',
    ...controls.map((control) => control.sentence),
    '',
    notice,
  ].join('\n');
}
