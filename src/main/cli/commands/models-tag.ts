import { z } from 'zod';
import { versionName } from '../../../pipeline/domain/registry.ts';
import { versionOf } from '../../registry/promote.ts';
import { modelNamed } from '../../registry/resolve.ts';
import { modelWords } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

const tag = z.string().trim().min(1).max(60);

export const modelsTag = defineCommand({
  name: 'models tag',
  summary: 'puts tags on a version of the registry, or takes them off; without any it shows those that are there',
  options: z.object({
    ...workspaceOption,
    model: z.string().min(1),
    tags: z.array(tag).default([]),
    remove: z.array(tag).default([]),
  }),
  configure(command) {
    command
      .argument('<model>', modelWords)
      .argument('[tags...]', 'to put on it')
      .option('--remove <tag...>', 'to take off it');
    addWorkspaceOption(command);
  },
  run: (given, context) =>
    withStudy(context, given.workspace, async (study) => {
      const version = versionOf(study, (await modelNamed(study, given.model, context.cwd)).id);
      if (given.tags.length + given.remove.length > 0)
        study.records.annotateModel(version, { addTags: given.tags, removeTags: given.remove });
      const tags = study.records.modelTags.of(version);
      printResult(context, { version, tags }, `${versionName(version)}: ${tags.join(', ') || 'no tags'}`);
      return 0;
    }),
});
