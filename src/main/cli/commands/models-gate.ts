import { resolve } from 'node:path';
import { z } from 'zod';
import { duelSchema } from '../../../pipeline/domain/duel.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { fight, type Ground } from '../../studies/duel/fight.ts';
import { sideNamed } from '../../studies/duel/sides.ts';
import { type GateResult, promotionGate } from '../../studies/gate.ts';
import { textTable } from '../../studies/text-table.ts';
import { resolveSource } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

const usualMargin = 0.05;

export const modelsGate = defineCommand({
  name: 'models gate',
  summary: 'says whether a model may replace another: whole, honest, calibrated, tested, not worse; exit 4 when not',
  options: z.object({
    ...workspaceOption,
    candidate: z.string().min(1),
    against: z.string().min(1),
    margin: z.coerce.number().min(0).max(1).default(usualMargin),
    on: z.string().min(1).optional(),
    labels: z.string().min(1).optional(),
  }),
  configure(command) {
    command
      .argument('<candidate>', 'run, model folder, or first digits of a seal')
      .requiredOption('--against <champion>', 'what it would replace, named in the same way')
      .option('--margin <share>', 'balanced accuracy by scan that may be lost at most', String(usualMargin))
      .option('--on <source>', 'compare both on this folder, zip or address instead of what their runs kept')
      .option('--labels <csv>', 'with --on: table file,class[,scan][,group]');
    addWorkspaceOption(command);
  },
  run: ({ workspace, candidate: written, against, margin, on, labels }, context) =>
    withStudy(context, workspace, async (study) => {
      const candidate = await sideNamed(study, written, context.cwd);
      const champion = await sideNamed(study, against, context.cwd);
      const table = labels === undefined ? undefined : resolve(context.cwd, labels);
      const ground: Ground =
        on === undefined ? { kind: 'runs' } : { kind: 'folder', source: resolveSource(context.cwd, on), labels: table };
      const means = {
        run: (input: unknown) => stageInWorker(context, 'duel', input, duelSchema),
        newId: context.newId,
      };
      const result = await promotionGate(
        study,
        context,
        { candidate, champion },
        {
          margin,
          duel: () => fight(study, { a: champion, b: candidate }, ground, means),
        },
      );
      printResult(context, result, describe(result));
      return result.passed ? 0 : 4;
    }),
});

function describe({ candidate, champion, passed, checks }: GateResult): string {
  const rows = checks.map(({ check, passed: good, reason }) => [good ? 'pass' : 'FAIL', check, reason]);
  const verdict = passed
    ? `"${candidate}" may replace "${champion}".`
    : `"${candidate}" may not replace "${champion}".`;
  return [textTable(['', 'check', 'why'], rows), '', verdict].join('\n');
}
