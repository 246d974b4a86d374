import { z } from 'zod';
import { addRemote } from '../../interop/remote/names.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const remoteAdd = defineCommand({
  name: 'remote add',
  summary: 'notes a folder or a bucket that versions and outputs are pushed to, in .dvc/config as DVC does',
  options: z.object({
    ...workspaceOption,
    name: z.string().min(1),
    url: z.string().min(1),
    default: z.boolean().default(false),
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
    region: z.string().min(1).optional(),
    profile: z.string().min(1).optional(),
  }),
  configure(command) {
    command
      .argument('<name>', 'letters, digits, `-`, `_` and `.`')
      .argument('<url>', 'folder, or s3://bucket/prefix')
      .option('-d, --default', 'used where no --remote is given')
      .option('--endpoint <url>', 'S3: address of another server than Amazon')
      .option('--region <name>', 'S3: region of the bucket')
      .option('--profile <name>', 'S3: keys of this profile of your AWS configuration');
    addWorkspaceOption(command);
  },
  async run({ workspace, name, url, default: isDefault, endpoint, region, profile }, context) {
    const settings = {
      ...(endpoint === undefined ? {} : { endpointurl: endpoint }),
      ...(region === undefined ? {} : { region }),
      ...(profile === undefined ? {} : { profile }),
    };
    const root = await locateWorkspace(context.cwd, workspace);
    await addRemote(root, { name, url, cwd: context.cwd, settings, isDefault });
    printResult(
      context,
      { remote: name, default: isDefault },
      `Remote ${name} added${isDefault ? ' as default' : ''}.`,
    );
    return 0;
  },
});
