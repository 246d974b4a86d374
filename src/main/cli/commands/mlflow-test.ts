import { z } from 'zod';
import { requireTracking, testConnection } from '../../interop/mlflow/test-connection.ts';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

const secrets = { environment: 'token from the environment', keychain: 'token from the keychain', none: 'no token' };

export const mlflowTest = defineCommand({
  name: 'mlflow test',
  summary: 'says whether the MLflow server answers, and makes nothing on it',
  options: z.object(workspaceOption),
  configure: (command) => void addWorkspaceOption(command),
  async run({ workspace }, context) {
    const settings = requireTracking(context.env, await openWorkspace(await locateWorkspace(context.cwd, workspace)));
    const found = await testConnection(settings, context.env, context.signal);
    const experiment = `experiment "${found.experiment}" ${found.isThere ? 'is there' : 'will be made'}`;
    printResult(
      context,
      { ...found, from: settings.from },
      `MLflow ${found.version} answers at ${found.server} (${settings.from}); ${secrets[found.secret]}; ${experiment}.`,
    );
    return 0;
  },
});
