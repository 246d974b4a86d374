import { z } from 'zod';
import { fetchStudy } from '../../interop/remote/pull.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';
import { addRemoteOption, exitOf, remoteOption, transferText } from '../transfer-view.ts';

export const fetchCommand = defineCommand({
  name: 'fetch',
  summary: 'brings outputs of dvc.lock and all versions of the dataset into the cache; the workspace stays as it is',
  options: z.object({ ...workspaceOption, ...remoteOption }),
  configure(command) {
    addRemoteOption(command);
    addWorkspaceOption(command);
  },
  run: ({ workspace, remote }, context) =>
    withStudyAlone(context, workspace, async (study) => {
      const moved = await fetchStudy(study, context, { remote, env: context.env });
      printResult(context, moved, transferText(moved, 'received', 'the remote'));
      return exitOf(moved);
    }),
});
