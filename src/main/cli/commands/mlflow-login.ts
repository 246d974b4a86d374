import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { tokenName } from '../../interop/mlflow/credentials.ts';
import type { TrackingServer } from '../../interop/mlflow/server.ts';
import { requireTracking } from '../../interop/mlflow/test-connection.ts';
import { openKeychain } from '../../keychain/index.ts';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, type CliCommand, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { oneLine } from '../one-line.ts';

export const mlflowLogin: CliCommand = defineCommand({
  name: 'mlflow login',
  summary: 'keeps a token for the MLflow server in the keychain; it is read from standard input',
  options: z.object(workspaceOption),
  configure: (command) => void addWorkspaceOption(command),
  async run({ workspace }, context) {
    const server = await serverFor(context, workspace);
    const token = (await oneLine(process.stdin))?.trim() ?? '';
    if (token === '') throw new HilumError('tracking/no-token');
    await (await openKeychain()).set(tokenName(server), token);
    printResult(context, { server: server.address, kept: true }, `The token for ${server.origin} is in the keychain.`);
    return 0;
  },
});

export const mlflowLogout: CliCommand = defineCommand({
  name: 'mlflow logout',
  summary: 'takes the token for the MLflow server out of the keychain',
  options: z.object(workspaceOption),
  configure: (command) => void addWorkspaceOption(command),
  async run({ workspace }, context) {
    const server = await serverFor(context, workspace);
    await (await openKeychain()).delete(tokenName(server));
    printResult(context, { server: server.address, kept: false }, `No token for ${server.origin} is in the keychain.`);
    return 0;
  },
});

async function serverFor(context: CliContext, workspace: string | undefined): Promise<TrackingServer> {
  const root = await locateWorkspace(context.cwd, workspace);
  return requireTracking(context.env, await openWorkspace(root)).server;
}
