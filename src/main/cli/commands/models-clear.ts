import { z } from 'zod';
import { modelAliases, versionName } from '../../../pipeline/domain/registry.ts';
import { clearAlias } from '../../registry/rollback.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { readerHere } from '../registry-means.ts';
import { withStudy } from '../study.ts';

export const modelsClear = defineCommand({
  name: 'models clear',
  summary: 'takes an alias off the version that holds it; nobody stands there then',
  options: z.object({ ...workspaceOption, alias: z.enum(modelAliases) }),
  configure(command) {
    command.argument('<alias>', modelAliases.join(' | '));
    addWorkspaceOption(command);
  },
  run: ({ workspace, alias }, context) =>
    withStudy(context, workspace, async (study) => {
      const { previous } = clearAlias(study, { alias, reader: readerHere() });
      const left = previous === null ? '' : `; it was ${versionName(previous)}`;
      printResult(context, { alias, version: null, previous }, `No model is ${alias} now${left}.`);
      return 0;
    }),
});
