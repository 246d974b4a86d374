import { resolve } from 'node:path';
import { z } from 'zod';
import { counted } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const runsImport = defineCommand({
  name: 'runs import',
  summary: 'takes in the runs of a bundle, with curves, figures and models; twice adds nothing',
  options: z.object({ ...workspaceOption, bundle: z.string().min(1) }),
  configure(command) {
    command.argument('<bundle>', 'zip that `hilum runs export --bundle` wrote');
    addWorkspaceOption(command);
  },
  run: ({ workspace, bundle }, context) =>
    withStudy(context, workspace, async (study) => {
      const { takeInBundle } = await import('../../interop/bundle/take-in.ts');
      const { root, names, runs, models } = await takeInBundle(study, resolve(context.cwd, bundle), context.now());
      const fresh = runs.filter(({ isNew }) => isNew).length;
      const value = { root, names, runs: runs.map(({ id, name, isNew }) => ({ id, name, new: isNew })), models };
      const known = runs.length - fresh;
      const text = [
        `${counted(fresh, 'run')} imported${known === 0 ? '' : `, ${known} here already`}${
          models.length === 0 ? '' : `; ${counted(models.length, 'model')} with them`
        }.`,
        names === 'replaced' ? 'Names of files and patients were left out where the bundle was made.' : '',
      ];
      printResult(context, value, text.filter((line) => line !== '').join(' '));
      return 0;
    }),
});
