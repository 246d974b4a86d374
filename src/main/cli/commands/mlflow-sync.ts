import { z } from 'zod';
import { connectionTo, sendTools } from '../../interop/mlflow/connect.ts';
import { type Synced, syncRuns } from '../../interop/mlflow/sync.ts';
import { requireTracking } from '../../interop/mlflow/test-connection.ts';
import { findRun } from '../../studies/run-record.ts';
import { counted } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudyAlone } from '../study.ts';

export const mlflowSync = defineCommand({
  name: 'mlflow sync',
  summary: 'sends runs, models and aliases that the MLflow server does not have yet; twice adds nothing',
  options: z
    .object({ ...workspaceOption, run: z.array(z.string().min(1)).optional(), all: z.boolean().default(false) })
    .refine(({ run, all }) => run === undefined || !all, { path: ['all'], message: 'does not go with --run' }),
  configure(command) {
    command
      .option('--run <id...>', 'only these runs; the beginning of an id is enough')
      .option('--all', 'runs too that were brought in from a bundle or another server');
    addWorkspaceOption(command);
  },
  run: ({ workspace, run, all }, context) =>
    withStudyAlone(context, workspace, async (study) => {
      const settings = requireTracking(context.env, study.workspace);
      const connection = await connectionTo(settings, context.env);
      const tools = sendTools(connection, study, context.signal, context.now);
      const runs = run?.map((id) => findRun(study.records, id).id);
      const view = context.showProgress();
      const synced = await syncRuns(tools, { runs, all }, context.signal, view.update).finally(view.stop);
      const server = settings.server.address;
      printResult(context, printed(server, settings.experiment, synced), textOf(settings.experiment, synced));
      return synced.refused.length > 0 ? 3 : 0;
    }),
});

function printed(server: string, experiment: string, { sent, upToDate, leftOut, refused, models }: Synced) {
  return {
    ...{ server, experiment, sent },
    up_to_date: upToDate,
    left_out: leftOut,
    refused: refused.map(({ run, error }) => ({ run, code: error.code, facts: error.facts })),
    models,
  };
}

function textOf(experiment: string, { sent, upToDate, leftOut, refused, models }: Synced): string {
  const lines = sent.map(
    ({ run, params, points, tags, files }) =>
      `${run}: ${counted(params, 'param')}, ${counted(points, 'value')} of metrics, ${counted(tags, 'tag')}, ${counted(files, 'file')}`,
  );
  for (const { run, why } of leftOut) lines.push(`${run}: ${why}`);
  for (const { run, error } of refused) lines.push(`${run}: ${error.sentence} (${error.code})`);
  if (models !== null && models.versions + models.aliases > 0) {
    lines.push(
      `${models.name}: ${counted(models.versions, 'version')} registered, ${counted(models.aliases, 'alias', 'aliases')} set`,
    );
  }
  if (models !== null && models.withoutRun > 0) {
    lines.push(
      `${counted(models.withoutRun, 'version')} of the registry left out: the run that made the model is not on the server`,
    );
  }
  lines.push(`${counted(sent.length, 'run')} sent to experiment "${experiment}", ${upToDate} there already.`);
  return lines.join('\n');
}
