import { stringify } from 'yaml';
import { z } from 'zod';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const configPrint = defineCommand({
  name: 'config print',
  summary: 'prints configuration and parameters with every default filled in',
  options: z.object({ ...workspaceOption, resolved: z.boolean().default(false) }),
  configure(command) {
    command.option('--resolved', 'also the absolute folders that are used');
    addWorkspaceOption(command);
  },
  async run(given, context) {
    const { config, params, paths } = await openWorkspace(await locateWorkspace(context.cwd, given.workspace));
    const value = { config, params, ...(given.resolved ? { paths } : {}) };
    printResult(context, value, stringify(value, { lineWidth: 0 }));
    return 0;
  },
});
