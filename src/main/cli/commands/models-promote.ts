import { z } from 'zod';
import { failedGates, modelAliases, versionName } from '../../../pipeline/domain/registry.ts';
import { type PromotionOutcome, promote } from '../../registry/promote.ts';
import { modelNamed } from '../../registry/resolve.ts';
import { modelWords } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { gateTable } from '../gate-text.ts';
import { gateMeans, groundOf, readerHere } from '../registry-means.ts';
import { withStudy } from '../study.ts';

const options = z
  .object({
    ...workspaceOption,
    model: z.string().min(1),
    as: z.enum(modelAliases).default('champion'),
    override: z.boolean().default(false),
    why: z.string().trim().min(1, 'a reason is needed').max(2000).optional(),
    on: z.string().min(1).optional(),
    labels: z.string().min(1).optional(),
  })
  .refine(({ override, why }) => !override || why !== undefined, { path: ['override'], message: 'needs --why "…"' })
  .refine(({ override, why }) => override || why === undefined, { path: ['why'], message: 'goes with --override' })
  .refine(({ on, labels }) => labels === undefined || on !== undefined, { path: ['labels'], message: 'needs --on' });

export const modelsPromote = defineCommand({
  name: 'models promote',
  summary: 'makes a model champion (or challenger) when it passes the gates of config.yaml; exit 4 when it does not',
  options,
  configure(command) {
    command
      .argument('<model>', modelWords)
      .option('--as <alias>', `${modelAliases.join(' | ')} (a challenger need only be whole and honest)`, 'champion')
      .option('--override', 'promote although a gate fails; recorded for ever, and shown wherever the model stands')
      .option('--why <reason>', 'with --override: the reason, in words')
      .option('--on <source>', 'compare with the champion on this folder, zip or address')
      .option('--labels <csv>', 'with --on: table file,class[,scan][,group]');
    addWorkspaceOption(command);
  },
  run: (given, context) =>
    withStudy(context, given.workspace, async (study) => {
      const known = await modelNamed(study, given.model, context.cwd);
      const wish = { model: known.id, alias: given.as, override: given.why ?? null, reader: readerHere() };
      const ground = groundOf(given, context);
      const outcome = await promote(study, { ...wish, ground }, gateMeans(context));
      const { promotion, ...rest } = outcome;
      printResult(context, { promoted: promotion !== null, ...rest, promotion }, describe(outcome));
      return promotion === null ? 4 : 0;
    }),
});

function describe(outcome: PromotionOutcome): string {
  return [gateTable(outcome.checks), '', verdict(outcome)].join('\n');
}

function verdict({ candidate, alias, promotion, checks }: PromotionOutcome): string {
  const failed = failedGates(checks);
  if (promotion === null) {
    const never = failed.some(({ overridable }) => !overridable);
    const next = never
      ? 'No override helps here: such a model is refused wherever it is used.'
      : '`--override --why "…"` promotes it all the same, and is recorded for ever.';
    return `${candidate} is not promoted: ${failed.map(({ check }) => check).join(', ')} failed. ${next}`;
  }
  const before = promotion.previous === null ? '' : ` Before: ${versionName(promotion.previous)}.`;
  const override =
    promotion.override === null
      ? ''
      : ` OVERRIDDEN (${failed.map(({ check }) => check).join(', ')}): ${promotion.override}.`;
  return `${candidate} is ${alias} now.${before}${override}`;
}
