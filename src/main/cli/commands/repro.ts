import { z } from 'zod';
import { changeText } from '../../../pipeline/domain/stage-change.ts';
import { type Reproduced, reproduce } from '../../studies/reproduce.ts';
import type { Study } from '../../studies/study.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { verifyAloud } from '../runs/verify.ts';
import { withStudy } from '../study.ts';

export const repro = defineCommand({
  name: 'repro',
  summary: 'runs the stages of dvc.yaml whose command, parameters, inputs or outputs changed',
  options: z
    .object({ ...workspaceOption, force: z.boolean().default(false), verify: z.string().min(1).optional() })
    .refine(({ force, verify }) => !force || verify === undefined, {
      path: ['verify'],
      message: 'goes without --force',
    }),
  configure(command) {
    command
      .option('--force', 'run every stage')
      .option(
        '--verify <run>',
        'instead: train that run again from its recorded inputs, aside, and compare; 4 when it differs',
      );
    addWorkspaceOption(command);
  },
  async run({ workspace, force, verify }, context) {
    if (verify !== undefined) return verifyAloud(context, workspace, verify);
    const { code, stages } = await withStudy(context, workspace, (study) => reproduceAloud(study, context, force));
    const ran = stages.filter((stage) => stage.state === 'ran').length;
    const isRestored = stages.some((stage) => stage.state === 'restored');
    const nothing = isRestored ? 'No stage had to run; outputs came back from the cache.' : 'Everything is up to date.';
    const text = ran === 0 ? nothing : `${ran} of ${stages.length} stages ran.`;
    printResult(context, { stages }, text);
    return code;
  },
});

/** `reproduce`, each stage told as it begins and ends. */
export function reproduceAloud(
  study: Study,
  context: CliContext,
  force: boolean,
): Promise<{ code: number; stages: Reproduced[] }> {
  return reproduce(study, context, {
    force,
    onStage: ({ name, cmd }, change, end) => {
      if (end !== undefined && context.json) context.say(end.text);
      else if (end !== undefined) context.data(`${end.text}\n\n`);
      else if (change === null && !force) context.say(`${name}: up to date`);
      else context.say(`${name}: ${change === null ? 'forced' : changeText(change)}; running \`${cmd}\``);
    },
  });
}
