import { relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { initWorkspace } from '../../workspace/init.ts';
import { isAddress } from '../../workspace/open.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const init = defineCommand({
  name: 'init',
  summary: 'makes a workspace: commented config.yaml, params.yaml and dvc.yaml',
  options: z.object({
    folder: z.string(),
    source: z.string().optional(),
    classes: z
      .string()
      .transform((text) => text.split(',').map((name) => name.trim()))
      .pipe(z.array(z.string().min(1, 'a class name is empty')).min(2, 'at least two classes are needed'))
      .optional(),
    description: z.string().min(1).max(300).optional(),
  }),
  configure(command) {
    command
      .argument('<folder>', 'folder of the workspace; made when it is not there')
      .option('--source <source>', 'what `ingest` reads: folder, zip file or https address')
      .option('--classes <names>', 'class names, separated by commas')
      .option('--description <sentence>', "what the images are; goes into the model's card");
  },
  async run(options, context) {
    const folder = resolve(context.cwd, options.folder);
    const { classes, description } = options;
    const source = options.source === undefined ? undefined : fromWorkspace(folder, context.cwd, options.source);
    const files = await initWorkspace(folder, { source, classes, description });
    const next =
      options.source === undefined
        ? 'Set `source:` in config.yaml, then run `hilum repro` there.'
        : 'Run `hilum repro` there.';
    printResult(context, { folder, files }, `Workspace ${options.folder} made: ${files.join(', ')}.\n${next}`);
    return 0;
  },
});

/** config.yaml counts paths from the workspace; the command line counts them from the current folder. */
function fromWorkspace(folder: string, cwd: string, source: string): string {
  return isAddress(source) ? source : relative(folder, resolve(cwd, source)).split(sep).join('/') || '.';
}
