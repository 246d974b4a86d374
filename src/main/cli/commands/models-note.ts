import { z } from 'zod';
import { versionName } from '../../../pipeline/domain/registry.ts';
import { versionOf } from '../../registry/promote.ts';
import { modelNamed } from '../../registry/resolve.ts';
import { modelWords } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withStudy } from '../study.ts';

export const modelsNote = defineCommand({
  name: 'models note',
  summary: 'writes the note of a version of the registry, in place of the one before; without a text it shows it',
  options: z.object({
    ...workspaceOption,
    model: z.string().min(1),
    text: z.string().max(20_000).optional(),
  }),
  configure(command) {
    command.argument('<model>', modelWords).argument('[text]', 'the note; "" for none');
    addWorkspaceOption(command);
  },
  run: (given, context) =>
    withStudy(context, given.workspace, async (study) => {
      const version = versionOf(study, (await modelNamed(study, given.model, context.cwd)).id);
      if (given.text !== undefined)
        study.records.annotateModel(version, { notes: { after: given.text }, addTags: [], removeTags: [] });
      const { notes } = study.records.modelVersions.get(version);
      printResult(context, { version, notes }, `${versionName(version)}: ${notes || 'no note'}`);
      return 0;
    }),
});
