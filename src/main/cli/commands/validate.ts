import { z } from 'zod';
import { overallMetricInfo, overallMetricNames } from '../../../pipeline/domain/metrics.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { Spread, Validation } from '../../../pipeline/domain/validation.ts';
import { prepareWhereDue } from '../../studies/audits.ts';
import { numberText } from '../../studies/figures.ts';
import { textTable } from '../../studies/text-table.ts';
import { validateStudy } from '../../studies/validate.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const validate = defineCommand({
  name: 'validate',
  summary: 'repeated cross-validation by patient group: mean, spread and intervals, whatever the split says',
  options: z.object({
    ...workspaceOption,
    folds: z.coerce.number().int().min(2).max(50).optional(),
    repeats: z.coerce.number().int().min(1).max(100).optional(),
    shuffleLabels: z.boolean().default(false),
    name: z.string().min(1).max(200).optional(),
  }),
  configure(command) {
    command
      .option('--folds <count>', 'folds of each repeat (default: validation.folds of params.yaml)')
      .option('--repeats <count>', 'how often, with other folds and seeds (default: validation.repeats)')
      .option('--shuffle-labels', 'a control: patient groups swap labels; exit 4 when something is still predicted')
      .option('--name <name>', 'name of the run');
    addWorkspaceOption(command);
  },
  run: ({ workspace, ...options }, context) =>
    withStudy(context, workspace, async (study) => {
      await prepareWhereDue(study, context);
      const result = await validateStudy(options, study, context);
      printResult(context, result, describe(result));
      return result.shuffled?.verdict === 'above-chance' ? 4 : 0;
    }),
});

function describe(result: Validation): string {
  const { pooled, repeats, folds, preset, run } = result;
  const { images, scans, groups } = pooled.counts;
  const figures = overallMetricNames.map((name) => [
    overallMetricInfo[name].title,
    spreadText(result.spread.scan[name]),
    spreadText(result.spread.slice[name]),
  ]);
  const classes = Object.entries(pooled.per_class).map(([name, each]) => [
    name,
    numberText(each.scan.sensitivity.value),
    numberText(each.slice.sensitivity.value),
    each.scans,
    each.images,
  ]);
  const seeds = repeats.map(({ seed }) => seed).join(', ');
  return [
    result.sentence,
    '',
    `Run ${run}: preset ${preset}, ${folds} folds, seeds ${seeds}; ${images} images of ${scans} scans of ${groups} patient groups.`,
    '',
    textTable(['mean over the repeats', 'by scan', 'by slice'], figures),
    'Brackets: 95 % bootstrap interval over patient groups; ±: standard deviation over the repeats.',
    '',
    textTable(['class', 'sensitivity (scan)', 'sensitivity (slice)', 'scans', 'images'], classes),
    'Sensitivity of the mean prediction over the repeats.',
    '',
    notice,
  ].join('\n');
}

function spreadText(spread: Spread | undefined): string {
  if (spread === undefined || spread.mean === null) return 'n/a';
  const { mean, sd, low, high } = spread;
  const interval = low === null || high === null ? '' : ` [${numberText(low)}, ${numberText(high)}]`;
  return `${numberText(mean)}${interval}${sd === null ? '' : ` ± ${numberText(sd)}`}`;
}
