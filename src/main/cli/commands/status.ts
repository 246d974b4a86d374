import { z } from 'zod';
import { changeText, type StageStatus } from '../../../pipeline/domain/stage-change.ts';
import { statusOfStudy } from '../../studies/pipeline-status.ts';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'says of each stage whether it is up to date, else what changed',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  async run(given, context) {
    const workspace = await openWorkspace(await locateWorkspace(context.cwd, given.workspace));
    const stages = await statusOfStudy(workspace);
    printResult(context, { stages }, stages.map(statusText).join('\n'));
    return 0;
  },
});

/** One line a change; those after the first stand below it. */
function statusText({ name, changes }: StageStatus): string {
  if (changes.length === 0) return `${name}: up to date`;
  return changes.map((change, index) => `${index === 0 ? `${name}: ` : '  '}${changeText(change)}`).join('\n');
}
