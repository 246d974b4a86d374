import { z } from 'zod';
import { type ModelAlias, modelAliases, versionName } from '../../../pipeline/domain/registry.ts';
import { type Rollback, rollBack } from '../../registry/rollback.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { gateMeans, readerHere } from '../registry-means.ts';
import { withStudy } from '../study.ts';

export const modelsRollback = defineCommand({
  name: 'models rollback',
  summary: 'puts an alias back to the version that stood there before; again goes one further back',
  options: z.object({ ...workspaceOption, alias: z.enum(modelAliases) }),
  configure(command) {
    command.argument('<alias>', `${modelAliases.join(' | ')}; versions that are gone or damaged are passed over`);
    addWorkspaceOption(command);
  },
  run: ({ workspace, alias }, context) =>
    withStudy(context, workspace, async (study) => {
      const done = await rollBack(study, { alias, reader: readerHere() }, gateMeans(context));
      const { version, previous } = done.promotion;
      printResult(context, { alias, version, previous, passed_over: done.passedOver }, describe(alias, done));
      return 0;
    }),
});

function describe(alias: ModelAlias, { promotion: { version, previous }, passedOver }: Rollback): string {
  const name = (each: number | null): string => (each === null ? 'none' : versionName(each));
  const passed = passedOver.map((each) => `${versionName(each.version)} was passed over: ${each.why}`);
  return [...passed, `${alias} is ${name(version)} again; before this it was ${name(previous)}.`].join('\n');
}
