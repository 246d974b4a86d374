import { z } from 'zod';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { feeds, type PipelineStage, readPipeline } from '../../workspace/pipeline-file.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

export const dag = defineCommand({
  name: 'dag',
  summary: 'prints which stage feeds which',
  options: z.object({ ...workspaceOption, dot: z.boolean().default(false) }),
  configure(command) {
    command.option('--dot', 'as Graphviz text');
    addWorkspaceOption(command);
  },
  async run(given, context) {
    const workspace = await openWorkspace(await locateWorkspace(context.cwd, given.workspace));
    const stages = await readPipeline(workspace);
    const edges = stages.flatMap((user) =>
      stages
        .filter((maker) => maker !== user && feeds(maker, user))
        .map((maker) => ({ from: maker.name, to: user.name })),
    );
    const value = { stages: stages.map(({ name, cmd, deps, outs }) => ({ name, cmd, deps, outs })), edges };
    printResult(context, value, given.dot ? dotText(edges) : listText(stages));
    return 0;
  },
});

function listText(stages: readonly PipelineStage[]): string {
  const lines = stages.map((stage) => {
    const makers = stages.filter((maker) => maker !== stage && feeds(maker, stage)).map((maker) => maker.name);
    return `${makers.length === 0 ? '' : `${makers.join(' + ')} → `}${stage.name}`;
  });
  return lines.join('\n');
}

function dotText(edges: readonly { from: string; to: string }[]): string {
  const lines = edges.map(({ from, to }) => `  ${JSON.stringify(from)} -> ${JSON.stringify(to)};`);
  return ['digraph {', ...lines, '}'].join('\n');
}
