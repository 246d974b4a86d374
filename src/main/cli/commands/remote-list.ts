import { z } from 'zod';
import { listRemotes } from '../../interop/remote/names.ts';
import { textTable } from '../../studies/text-table.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const remoteList = defineCommand({
  name: 'remote list',
  summary: 'lists the remotes of .dvc/config',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  async run({ workspace }, context) {
    const remotes = await listRemotes(await locateWorkspace(context.cwd, workspace));
    const rows = remotes.map(({ name, url, isDefault }) => [name, url, isDefault ? 'default' : '']);
    const text = rows.length === 0 ? 'No remote is set.' : textTable(['remote', 'url', ''], rows);
    const value = remotes.map(({ name, url, isDefault }) => ({ name, url, default: isDefault }));
    printResult(context, { remotes: value }, text);
    return 0;
  },
});
