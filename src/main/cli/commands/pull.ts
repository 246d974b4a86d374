import { z } from 'zod';
import { pullStudy } from '../../interop/remote/pull.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';
import { addRemoteOption, exitOf, remoteOption, transferText } from '../transfer-view.ts';

export const pull = defineCommand({
  name: 'pull',
  summary:
    'fetches from a remote and puts the outputs of dvc.lock in place; nothing that is in no cache is overwritten',
  options: z.object({ ...workspaceOption, ...remoteOption, force: z.boolean().default(false) }),
  configure(command) {
    addRemoteOption(command);
    command.option('-f, --force', 'overwrite outputs whose content is in no cache');
    addWorkspaceOption(command);
  },
  run: ({ workspace, remote, force }, context) =>
    withStudyAlone(context, workspace, async (study) => {
      const pulled = await pullStudy(study, context, { remote, force, env: context.env });
      const { restored } = pulled;
      const placed = restored.length === 0 ? [] : [`Put in place: ${restored.join(', ')}.`];
      printResult(context, pulled, [transferText(pulled, 'received', 'the remote'), ...placed].join('\n'));
      return exitOf(pulled);
    }),
});
