import { join } from 'node:path';
import { z } from 'zod';
import { inspectModel } from '../../models/inspect.ts';
import { demoModelFolder, workspaceModelFolder } from '../../models/places.ts';
import { type KnownModel, listModels } from '../../models/store.ts';
import { textTable } from '../../studies/text-table.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { findWorkspace, locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';

interface ListedModel {
  readonly source: 'workspace' | KnownModel['origin'];
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
  summary: 'lists the model of the workspace, those that it stores, and the one that comes with the program',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  async run({ workspace }, context) {
    const models = await modelsOf(context, workspace);
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

async function modelsOf(context: CliContext, given: string | undefined): Promise<ListedModel[]> {
  const root = given === undefined ? await findWorkspace(context.cwd) : await locateWorkspace(context.cwd, given);
  if (root === undefined) return [await listed('bundled', demoModelFolder())];
  const stored = (await listModels(join(root, workspaceNames.state))).filter(({ origin }) => origin !== 'bundled');
  return [
    await listed('workspace', await workspaceModelFolder(root)),
    ...(await Promise.all(stored.map(({ origin, folder }) => listed(origin, folder)))),
    await listed('bundled', demoModelFolder()),
  ];
}

async function listed(source: ListedModel['source'], folder: string): Promise<ListedModel> {
  const { identity, problem } = await inspectModel(folder);
  if (identity === undefined) {
    return { source, folder, title: null, seal: null, classes: [], trained_on: null, problem };
  }
  const { seal, classes, card } = identity;
  return { source, folder, title: card.title, seal, classes, trained_on: card.trained_on, problem };
}
