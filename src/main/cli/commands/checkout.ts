import { z } from 'zod';
import { type CheckedOut, checkoutOuts } from '../../studies/checkout-outs.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';

export const checkout = defineCommand({
  name: 'checkout',
  summary: 'brings outputs to what dvc.lock says, from the cache, each verified; exits 4 when one cannot be had',
  options: z.object({
    ...workspaceOption,
    targets: z.array(z.string()).default([]),
    force: z.boolean().default(false),
  }),
  configure(command) {
    command
      .argument('[targets...]', 'stages or outputs of dvc.yaml; left out: all')
      .option('--force', 'overwrite outputs whose present content is in no cache');
    addWorkspaceOption(command);
  },
  async run({ workspace, targets, force }, context) {
    const outs = await withStudyAlone(context, workspace, (study) => checkoutOuts(study.workspace, targets, { force }));
    printResult(context, { outs }, describe(outs));
    return outs.some(({ state }) => state === 'missing' || state === 'corrupt') ? 4 : 0;
  },
});

function describe(outs: readonly CheckedOut[]): string {
  const told = outs.filter(({ state }) => state !== 'unchanged');
  if (told.length === 0) return 'Every output is as dvc.lock says.';
  return told.map((out) => `${out.path}: ${words(out)}`).join('\n');
}

function words({ state, oid }: CheckedOut): string {
  switch (state) {
    case 'restored':
      return 'restored';
    case 'missing':
      return `not restored: ${oid} is not in the cache; \`hilum pull\` or \`hilum repro\` brings it`;
    case 'corrupt':
      return `not restored: ${oid} in the cache does not have the content of its name`;
    case 'unkept':
      return 'differs, and is kept in no cache; git may have it, or `hilum repro` makes it again';
    default:
      return 'unchanged';
  }
}
