import { z } from 'zod';
import { pushStudy } from '../../interop/remote/push.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';
import { addRemoteOption, exitOf, remoteOption, transferText } from '../transfer-view.ts';

export const push = defineCommand({
  name: 'push',
  summary: 'sends outputs of dvc.lock and all versions of the dataset to a remote; what is there is not sent again',
  options: z.object({ ...workspaceOption, ...remoteOption }),
  configure(command) {
    addRemoteOption(command);
    addWorkspaceOption(command);
  },
  run: ({ workspace, remote }, context) =>
    withStudyAlone(context, workspace, async (study) => {
      const moved = await pushStudy(study, context, { remote, env: context.env });
      printResult(context, moved, transferText(moved, 'sent', 'the cache'));
      return exitOf(moved);
    }),
});
