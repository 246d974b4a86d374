import { z } from 'zod';
import {
  type AnsweringRule,
  answeringRules,
  type Calibration,
  type ChosenPoint,
} from '../../../pipeline/domain/calibration.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import { choosePoint, readAnswering } from '../../models/answering.ts';
import { textTable } from '../../studies/text-table.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import { modelWords, namedFolder } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

/** Shares of images answered that are shown when no target is named. */
const shownCoverages = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export const modelsAnswering = defineCommand({
  name: 'models answering',
  summary: 'says how many images a model would answer, and how well, with another threshold',
  options: z.object({
    ...workspaceOption,
    model: z.string().min(1),
    by: z.enum(answeringRules).optional(),
    target: z.coerce.number().min(0).max(1).optional(),
  }),
  configure(command) {
    command
      .argument('<model>', modelWords)
      .option('--by <rule>', `what the target means: ${answeringRules.join(' | ')} (default coverage)`)
      .option('--target <share>', 'share of images answered, share of answers right, or the probability itself');
    addWorkspaceOption(command);
  },
  async run({ workspace, model: written, by = 'coverage', target }, context) {
    const model = await readModelIdentity(await namedFolder(context, written, workspace));
    const { calibration } = await readAnswering(model.folder);
    const asked = target === undefined ? shownCoverages : [target];
    const points = asked.map((each) => ({ target: each, ...choosePoint(calibration, { by, target: each }) }));
    const value = { seal: model.seal, by, sealed: sealedChoice(calibration), points, notice };
    printResult(context, value, answeringText(by, calibration, points));
    return 0;
  },
});

type Row = ChosenPoint & { readonly target: number };

function sealedChoice({ review_below, evidence }: Calibration): object | null {
  if (evidence === null) return null;
  const { curve: _, ...answering } = evidence.answering;
  return { review_below, ...answering };
}

function answeringText(by: AnsweringRule, { review_below, evidence }: Calibration, points: readonly Row[]): string {
  const rows = points.map(({ target, threshold, coverage, accuracy, reached }) => [
    percent(target),
    threshold.toFixed(4),
    percent(coverage),
    accuracy === null ? '-' : percent(accuracy),
    reached ? '' : 'not reached',
  ]);
  const sealed = evidence?.answering;
  return [
    textTable([by, 'threshold', 'answered', 'of these right', ''], rows),
    '',
    `Measured on ${evidence?.images} held-out images of ${evidence?.groups} patient groups; the rest goes to review.`,
    `Sealed: ${review_below.toFixed(4)} (${percent(sealed?.coverage ?? 0)} answered). \`classify --coverage\` or \`--accuracy\` takes another one for a batch.`,
    notice,
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
