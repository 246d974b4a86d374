import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { checkGates, type GateReport } from '../../registry/check-gates.ts';
import { standingSide } from '../../registry/question.ts';
import { sideNamed } from '../../studies/duel/sides.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { gateTable } from '../gate-text.ts';
import { gateMeans, groundOf } from '../registry-means.ts';
import { withStudy } from '../study.ts';

export const modelsGate = defineCommand({
  name: 'models gate',
  summary: 'says whether a model may replace another, gate by gate, and changes nothing; exit 4 when not',
  options: z.object({
    ...workspaceOption,
    candidate: z.string().min(1),
    against: z.string().min(1).optional(),
    margin: z.coerce.number().min(0).max(1).optional(),
    on: z.string().min(1).optional(),
    labels: z.string().min(1).optional(),
  }),
  configure(command) {
    command
      .argument('<candidate>', 'run, champion, a version (v3), model folder, or first digits of a seal')
      .option('--against <model>', 'what it would replace, named in the same way (default: the champion)')
      .option('--margin <share>', 'balanced accuracy by scan that may be lost at most (default: config.yaml)')
      .option('--on <source>', 'compare both on this folder, zip or address instead of what their runs kept')
      .option('--labels <csv>', 'with --on: table file,class[,scan][,group]');
    addWorkspaceOption(command);
  },
  run: (given, context) =>
    withStudy(context, given.workspace, async (study) => {
      const candidate = await sideNamed(study, given.candidate, context.cwd);
      const champion =
        given.against === undefined
          ? await standingSide(study, 'champion')
          : await sideNamed(study, given.against, context.cwd);
      const { model } = candidate;
      if (model === null) throw new HilumError('model/missing', { model: candidate.name });
      const { registry } = study.workspace.config;
      const { margin = registry.gates.margin } = given;
      const policy = { ...registry, gates: { ...registry.gates, margin } };
      const ground = groundOf(given, context);
      const means = gateMeans(context);
      const report = await checkGates({ study, candidate, model, champion, policy, ground, means });
      printResult(context, report, describe(report));
      return report.passed ? 0 : 4;
    }),
});

function describe({ candidate, champion, passed, checks }: GateReport): string {
  const place = champion === null ? 'be champion' : `replace "${champion}"`;
  return [gateTable(checks), '', `"${candidate}" may ${passed ? '' : 'not '}${place}.`].join('\n');
}
