import { z } from 'zod';
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { feeds, type PipelineStage, readPipeline } from '../../workspace/pipeline-file.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
}

export const dag = defineCommand({
  name: 'dag',
  summary: 'prints which stage feeds which',
  options: z.object({ ...workspaceOption, dot: z.boolean().default(false), mermaid: z.boolean().default(false) }),
  configure(command) {
    command.option('--dot', 'as Graphviz text').option('--mermaid', 'as a Mermaid diagram, as `dvc dag --mermaid`');
    addWorkspaceOption(command);
  },
  async run(given, context) {
    const workspace = await openWorkspace(await locateWorkspace(context.cwd, given.workspace));
    const stages = await readPipeline(workspace);
    const edges = stages.flatMap((user) =>
      stages
        .filter((maker) => maker !== user && feeds(maker, user))
        .map((maker): Edge => ({ from: maker.name, to: user.name })),
    );
    const value = { stages: stages.map(({ name, cmd, deps, outs }) => ({ name, cmd, deps, outs })), edges };
    const drawn = given.mermaid ? mermaidText(stages, edges) : listText(stages);
    printResult(context, value, given.dot ? dotText(edges) : drawn);
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

function dotText(edges: readonly Edge[]): string {
  const lines = edges.map(({ from, to }) => `  ${JSON.stringify(from)} -> ${JSON.stringify(to)};`);
  return ['digraph {', ...lines, '}'].join('\n');
}

function mermaidText(stages: readonly PipelineStage[], edges: readonly Edge[]): string {
  const numbers = new Map(stages.map(({ name }, index) => [name, `node${index + 1}`]));
  const nodes = stages.map(({ name }) => `\t${numbers.get(name)}["${name.replaceAll('"', '#quot;')}"]`);
  return ['flowchart TD', ...nodes, ...edges.map(({ from, to }) => `\t${numbers.get(from)}-->${numbers.get(to)}`)].join(
    '\n',
  );
}
