import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { versionName } from '../../../pipeline/domain/registry.ts';
import { inspectModel } from '../../models/inspect.ts';
import { demoModelFolder, workspaceModelFolder } from '../../models/places.ts';
import { type KnownModel, listModels } from '../../models/store.ts';
import { type Registered, registered } from '../../registry/describe.ts';
import { textTable } from '../../studies/text-table.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { findWorkspace, locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { withRecords } from '../study.ts';

interface ListedModel {
  readonly source: 'workspace' | 'gone' | KnownModel['origin'];
  /** Null: its files are gone. */
  readonly folder: string | null;
  readonly title: string | null;
  readonly seal: string | null;
  readonly classes: readonly string[];
  readonly trained_on: string | null;
  /** Number in the registry; null: it has none. */
  readonly version: number | null;
  readonly aliases: Registered['aliases'];
  readonly tags: readonly string[];
  /** Why it cannot be used; null when nothing speaks against it. */
  readonly problem: string | null;
}

type Registry = ReadonlyMap<string, Registered>;

export const modelsList = defineCommand({
  name: 'models list',
  summary: 'lists the registry of the workspace: versions with aliases and tags, and the model that comes along',
  options: z.object(workspaceOption),
  configure: addWorkspaceOption,
  async run({ workspace }, context) {
    const models = await modelsOf(context, workspace);
    const rows = models.map((each) => [
      each.version === null ? '-' : versionName(each.version),
      aliasText(each),
      each.source,
      each.title ?? '-',
      each.seal?.slice(0, 12) ?? '-',
      each.classes.join(', ') || '-',
      each.tags.join(', ') || '-',
      each.problem ?? each.trained_on ?? '-',
      each.folder ?? '-',
    ]);
    const head = ['version', 'alias', 'source', 'title', 'seal', 'classes', 'tags', 'trained on', 'folder'];
    printResult(context, models, textTable(head, rows));
    return 0;
  },
});

function aliasText({ aliases }: ListedModel): string {
  return (
    aliases.map(({ alias, override }) => (override === null ? alias : `${alias} (gate overridden)`)).join(', ') || '-'
  );
}

async function modelsOf(context: CliContext, given: string | undefined): Promise<ListedModel[]> {
  const root = given === undefined ? await findWorkspace(context.cwd) : await locateWorkspace(context.cwd, given);
  const none: Registry = new Map();
  if (root === undefined) return [await listed('bundled', demoModelFolder(), none)];
  const state = join(root, workspaceNames.state);
  const registry = existsSync(join(state, 'hilum.db')) ? await withRecords(context, root, registered) : none;
  const stored = (await listModels(state)).filter(({ origin }) => origin !== 'bundled');
  return [
    await listed('workspace', await workspaceModelFolder(root), registry),
    ...(await Promise.all(stored.map(({ origin, folder }) => listed(origin, folder, registry)))),
    ...goneOf(registry, stored),
    await listed('bundled', demoModelFolder(), registry),
  ];
}

const unregistered = { version: null, aliases: [], tags: [] };

async function listed(source: ListedModel['source'], folder: string, registry: Registry): Promise<ListedModel> {
  const { identity, problem } = await inspectModel(folder);
  if (identity === undefined) {
    return { ...unregistered, source, folder, title: null, seal: null, classes: [], trained_on: null, problem };
  }
  const { seal, classes, card } = identity;
  const known = registry.get(seal) ?? unregistered;
  return { ...known, source, folder, title: card.title, seal, classes, trained_on: card.trained_on, problem };
}

/** What holds an alias although its files are gone must not look as if nobody stood there. */
function goneOf(registry: Registry, stored: readonly KnownModel[]): ListedModel[] {
  const there = new Set(stored.map(({ id }) => id));
  return [...registry].flatMap(([seal, known]) => {
    if (there.has(seal) || known.aliases.length === 0) return [];
    const problem = new HilumError('registry/model-gone', { version: versionName(known.version) }).sentence;
    return [{ ...known, source: 'gone', folder: null, title: null, seal, classes: [], trained_on: null, problem }];
  });
}
