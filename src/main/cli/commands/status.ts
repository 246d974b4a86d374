import { join } from 'node:path';
import { z } from 'zod';
import { openHasher } from '../../workspace/hashes.ts';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { readPipeline } from '../../workspace/pipeline-file.ts';
import { readStageLock } from '../../workspace/stage-lock.ts';
import { pipelineStatus, type StageChange } from '../../workspace/stage-status.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'says of each stage whether it is up to date, else what changed',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  async run(given, context) {
    const workspace = await openWorkspace(await locateWorkspace(context.cwd, given.workspace));
    const { root, state } = workspace.paths;
    const hasher = await openHasher(join(state, 'cache', 'md5.json'));
    const stages = await pipelineStatus(root, await readPipeline(workspace), await readStageLock(root), hasher);
    await hasher.save();
    const text = stages.map(({ name, change }) => `${name}: ${change === null ? 'up to date' : changeText(change)}`);
    printResult(context, { stages }, text.join('\n'));
    return 0;
  },
});

/** `parameter training.epochs: 60 → 30`, `dependency artifacts/split.csv: 1a2b3c4d → 5e6f7a8b`. */
export function changeText(change: StageChange): string {
  switch (change.kind) {
    case 'never-run':
      return 'never run';
    case 'upstream':
      return `${change.what} runs first`;
    case 'command':
    case 'parameter':
      return `${change.kind} ${change.what}: ${change.old ?? 'nothing'} → ${change.new ?? 'nothing'}`;
    case 'dependency':
    case 'output':
      return `${change.kind} ${change.what}: ${shortHash(change.old)} → ${shortHash(change.new)}`;
    default:
      return change.kind satisfies never;
  }
}

function shortHash(hash: string | null): string {
  return hash === null ? 'nothing' : hash.slice(0, 8);
}
