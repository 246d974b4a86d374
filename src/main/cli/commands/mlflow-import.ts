import { z } from 'zod';
import { trackingApi } from '../../interop/mlflow/api.ts';
import { openClient } from '../../interop/mlflow/client.ts';
import { connectionTo } from '../../interop/mlflow/connect.ts';
import { importRuns } from '../../interop/mlflow/import/import-runs.ts';
import { requireTracking } from '../../interop/mlflow/test-connection.ts';
import { counted } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';

const names = z.array(z.string().min(1)).optional();

export const mlflowImport = defineCommand({
  name: 'mlflow import',
  summary: 'brings runs of the MLflow server into the records, to be compared; twice adds nothing',
  options: z
    .object({ ...workspaceOption, experiment: names, run: names })
    .refine(({ experiment, run }) => experiment === undefined || run === undefined, {
      path: ['run'],
      message: 'does not go with --experiment',
    }),
  configure(command) {
    command
      .option('--experiment <name...>', 'only runs of these experiments (default: of all)')
      .option('--run <id...>', 'only these runs, by the ids that the server gave them');
    addWorkspaceOption(command);
  },
  run: ({ workspace, experiment, run }, context) =>
    withStudyAlone(context, workspace, async ({ records, workspace: opened }) => {
      const { settings, credentials } = await connectionTo(requireTracking(context.env, opened), context.env);
      const { server } = settings;
      const api = trackingApi(openClient({ server, credentials, signal: context.signal }));
      const view = context.showProgress();
      const choice = { experiments: experiment, runs: run };
      const { added, known, ownRuns } = await importRuns(api, records, choice, view.update).finally(view.stop);
      const own =
        ownRuns === 0 ? '' : ` ${counted(ownRuns, 'run')} made by Hilum left out: a run bundle brings those in whole.`;
      printResult(
        context,
        { server: server.address, added, known, own_runs: ownRuns },
        `${counted(added.length, 'run')} brought in, ${known} known already.${own}`,
      );
      return 0;
    }),
});
