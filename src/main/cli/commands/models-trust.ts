import { z } from 'zod';
import { trustReportSchema } from '../../../pipeline/domain/explain.ts';
import { trustLines } from '../../../pipeline/domain/trust-words.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { modelTitle, readModelIdentity } from '../../workspace/model-identity.ts';
import { findWorkspace, locateWorkspace } from '../../workspace/open.ts';
import { modelWords, namedFolder } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { keepTrust } from '../explain/known-trust.ts';

export const modelsTrust = defineCommand({
  name: 'models trust',
  summary: 'tests whether the heat maps of a sealed model can be believed; exit 4 when they cannot and are not shown',
  options: z.object({ ...workspaceOption, model: z.string().min(1) }),
  configure(command) {
    command.argument('<model>', modelWords);
    addWorkspaceOption(command);
  },
  async run({ model: written, workspace }, context) {
    const root =
      workspace === undefined ? await findWorkspace(context.cwd) : await locateWorkspace(context.cwd, workspace);
    const model = await readModelIdentity(await namedFolder(context, written, workspace));
    const { seal, trust } = await stageInWorker(context, 'trust', { model: model.folder }, trustReportSchema);
    await keepTrust(context, root, seal, trust);
    const exit = trust.passed ? 0 : 4;
    const lines = trustLines(trust).map(({ title, passed, text }) => `${word(passed)}  ${title}. ${text}`);
    const closing = trust.passed
      ? `The heat maps of ${modelTitle(model)} may be shown: a hint where it looked, never evidence.`
      : `The heat maps of ${modelTitle(model)} are not shown anywhere.`;
    printResult(context, { seal, exit, ...trust }, [...lines, '', closing].join('\n'));
    return exit;
  },
});

function word(passed: boolean | null): string {
  if (passed === null) return 'not asked';
  return passed ? 'passed   ' : 'FAILED   ';
}
