import { isModelAlias, type ModelAlias, versionName } from '../../pipeline/domain/registry.ts';
import { trainedElsewhere } from '../../pipeline/domain/sealed-model.ts';
import { demoModelFolder, sealedModelOf } from '../models/places.ts';
import { modelInFolder, modelNamed, standingAt } from '../registry/resolve.ts';
import { requireUsable } from '../registry/signing/policy.ts';
import { type ModelIdentity, modelTitle, readModelIdentity } from '../workspace/model-identity.ts';
import { findWorkspace, locateWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';

/** How an argument that names a model is explained. */
export const modelWords = 'champion, challenger, a version (v3), first digits of a seal, or a folder';

/**
 * The model named (alias, version, first digits of a seal, folder), else the champion of the workspace, else its own newest
 * model, else the demo model; says on stderr which one it is.
 * @throws HilumError `model/…`, `registry/…`, `config/…`, `signature/…`, `usage/bad-option`
 */
export async function chooseModel(
  context: CliContext,
  given: string | undefined,
  root: string | undefined,
): Promise<ModelIdentity> {
  const alias = await aliasMeant(given, root);
  const model = await readModelIdentity(await folderMeant(context, given ?? alias, root));
  await requireUsable(root, model.folder, context.env);
  const version = alias === undefined || root === undefined ? undefined : await standingAt(root, alias);
  sayModel(context, model, version === undefined ? '' : ` (${alias}, ${versionName(version)})`);
  return model;
}

/** Says which model answers. */
export function sayModel(context: CliContext, model: ModelIdentity, remark: string): void {
  context.say(`Model: ${modelTitle(model)}, seal ${model.seal.slice(0, 12)}${remark}.`);
  if (model.card.honesty === 'unknown') context.say(trainedElsewhere);
  if (model.card.honesty === 'leaky') context.say('Its training split leaked: its figures measure memory, not skill.');
}

/** Alias that a command means: the one written, or the champion where nothing is and one stands there. */
export async function aliasMeant(given: string | undefined, root: string | undefined): Promise<ModelAlias | undefined> {
  if (given !== undefined) return isModelAlias(given) ? given : undefined;
  if (root === undefined || (await standingAt(root, 'champion')) === undefined) return undefined;
  return 'champion';
}

/**
 * Folder of the model that an argument names, in the workspace given or found upward from here.
 * @throws HilumError `model/…`, `registry/…`, `workspace/missing`, `usage/bad-option`
 */
export async function namedFolder(
  { cwd }: CliContext,
  written: string,
  workspace: string | undefined,
): Promise<string> {
  const root = workspace === undefined ? await findWorkspace(cwd) : await locateWorkspace(cwd, workspace);
  const known = root === undefined ? await modelInFolder(written, cwd) : await modelNamed(root, written, cwd);
  return known.folder;
}

async function folderMeant(context: CliContext, given: string | undefined, root: string | undefined): Promise<string> {
  if (given !== undefined && root === undefined) return (await modelInFolder(given, context.cwd)).folder;
  if (given !== undefined && root !== undefined) return (await modelNamed(root, given, context.cwd)).folder;
  const own = root === undefined ? undefined : await sealedModelOf(root);
  if (own === undefined) context.say('No model was named and none was trained here: the demo model is used.');
  return own ?? demoModelFolder();
}
