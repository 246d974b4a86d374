import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { keepKeys, keysName } from '../../interop/remote/bucket-keys.ts';
import { settingsOf } from '../../interop/remote/index.ts';
import { openKeychain } from '../../keychain/index.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { oneLine } from '../one-line.ts';

export const remoteLogin = defineCommand({
  name: 'remote login',
  summary: 'keeps the keys of a bucket in the keychain; the secret one is read from standard input',
  options: z.object({ ...workspaceOption, name: z.string().min(1), accessKeyId: z.string().min(1) }),
  configure(command) {
    command
      .argument('<name>', 'one of `hilum remote list`')
      .requiredOption('--access-key-id <id>', 'the key that is no secret');
    addWorkspaceOption(command);
  },
  async run({ workspace, name, accessKeyId }, context) {
    const remote = await settingsOf(await locateWorkspace(context.cwd, workspace), name);
    const secretAccessKey = (await oneLine(process.stdin))?.trim() ?? '';
    if (secretAccessKey === '') throw new HilumError('remote/no-secret');
    await keepKeys(await openKeychain(), remote, { accessKeyId, secretAccessKey });
    printResult(context, { remote: name, kept: true }, `The keys of remote ${name} are in the keychain.`);
    return 0;
  },
});

export const remoteLogout = defineCommand({
  name: 'remote logout',
  summary: 'takes the keys of a bucket out of the keychain',
  options: z.object({ ...workspaceOption, name: z.string().min(1) }),
  configure(command) {
    command.argument('<name>', 'one of `hilum remote list`');
    addWorkspaceOption(command);
  },
  async run({ workspace, name }, context) {
    const remote = await settingsOf(await locateWorkspace(context.cwd, workspace), name);
    await (await openKeychain()).delete(keysName(remote));
    printResult(context, { remote: name, kept: false }, `No keys of remote ${name} are in the keychain.`);
    return 0;
  },
});
