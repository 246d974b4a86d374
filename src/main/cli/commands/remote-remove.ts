import { z } from 'zod';
import { removeRemote } from '../../interop/remote/names.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const remoteRemove = defineCommand({
  name: 'remote remove',
  summary: 'takes a remote out of .dvc/config; what it holds stays',
  options: z.object({ ...workspaceOption, name: z.string().min(1) }),
  configure(command) {
    command.argument('<name>', 'one of `hilum remote list`');
    addWorkspaceOption(command);
  },
  async run({ workspace, name }, context) {
    await removeRemote(await locateWorkspace(context.cwd, workspace), name);
    printResult(context, { removed: name }, `Remote ${name} removed. What it holds stays.`);
    return 0;
  },
});
