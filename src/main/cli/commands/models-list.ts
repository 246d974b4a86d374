import { z } from 'zod';
import { sentenceOf, toEnvelope } from '../../../pipeline/domain/errors.ts';
import { demoModelFolder, workspaceModelFolder } from '../../models/places.ts';
import { textTable } from '../../studies/text-table.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import { findWorkspace, locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';

interface ListedModel {
  readonly source: 'workspace' | 'bundled';
  readonly folder: string;
  readonly title: string | null;
  readonly seal: string | null;
  readonly classes: readonly string[];
  readonly trained_on: string | null;
  /** Why it cannot be used; null when nothing speaks against it. */
  readonly problem: string | null;
}

export const modelsList = defineCommand({
  name: 'models list',
  summary: 'lists the model of the workspace and the one that comes with the program',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  async run({ workspace }, context) {
    const models = [...(await ofWorkspace(context, workspace)), await listed('bundled', demoModelFolder())];
    const rows = models.map(({ source, folder, title, seal, classes, trained_on, problem }) => [
      source,
      title ?? '-',
      seal?.slice(0, 12) ?? '-',
      classes.join(', ') || '-',
      problem ?? trained_on ?? '-',
      folder,
    ]);
    printResult(context, models, textTable(['source', 'title', 'seal', 'classes', 'trained on', 'folder'], rows));
    return 0;
  },
});

async function ofWorkspace(context: CliContext, given: string | undefined): Promise<ListedModel[]> {
  const root = given === undefined ? await findWorkspace(context.cwd) : await locateWorkspace(context.cwd, given);
  return root === undefined ? [] : [await listed('workspace', await workspaceModelFolder(root))];
}

async function listed(source: ListedModel['source'], folder: string): Promise<ListedModel> {
  try {
    const { seal, classes, card } = await readModelIdentity(folder);
    return { source, folder, title: card.title, seal, classes, trained_on: card.trained_on, problem: null };
  } catch (error) {
    const { code, facts } = toEnvelope(error);
    return { source, folder, title: null, seal: null, classes: [], trained_on: null, problem: sentenceOf(code, facts) };
  }
}
