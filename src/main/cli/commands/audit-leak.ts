import { z } from 'zod';
import type { LeakMeter, LeakScore } from '../../../pipeline/domain/leak-meter.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import { auditLeak, prepareWhereDue } from '../../studies/audits.ts';
import { estimateText } from '../../studies/figures.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const auditLeakCommand = defineCommand({
  name: 'audit leak',
  summary: 'leak meter: how much of a high score is memory; exit 4 when the split in use leaks',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  run: ({ workspace }, context) =>
    withStudy(context, workspace, async (study) => {
      await prepareWhereDue(study, context);
      const meter = await auditLeak(study, context);
      printResult(context, meter, describe(meter));
      const { split } = meter;
      return split !== null && (split.groups > 0 || split.pairs > 0) ? 4 : 0;
    }),
});

const scorers: Readonly<Record<LeakScore['scorer'], string>> = {
  model: 'the head on the features of the backbone',
  memoriser: 'a memoriser (nearest thumbnail)',
};
const splits: Readonly<Record<LeakScore['split'], string>> = {
  'random-slices': 'random slices',
  'patient-groups': 'patient groups',
};

function describe({ scores, sentence, split_sentence, folds, counts, chance, split }: LeakMeter): string {
  const rows = scores.map(({ scorer, split: by, balanced_accuracy }) => [
    scorers[scorer],
    splits[by],
    estimateText(balanced_accuracy),
  ]);
  const pairs = (split?.named_pairs ?? []).map(
    ({ a, b, correlation }) => `  ${a}  ~  ${b}  (${correlation.toFixed(4)})`,
  );
  return [
    sentence,
    '',
    textTable(['who', 'folds of', 'balanced accuracy of slices'], rows),
    `${folds} folds, ${counts.images} images of ${counts.scans} scans of ${counts.groups} patient groups; guessing gives ${chance.toFixed(2)}.`,
    'Brackets: 95 % bootstrap interval over patient groups.',
    '',
    split_sentence,
    ...pairs,
    '',
    notice,
  ].join('\n');
}
