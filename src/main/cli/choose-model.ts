import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { resourcePath } from '../../pipeline/disk/resources.ts';
import { sealFile } from '../../pipeline/domain/sealed-model.ts';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import { type ModelIdentity, modelTitle, readModelIdentity } from '../workspace/model-identity.ts';
import { openWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';

/** The model that comes with the program. */
export const demoModelFolder = (): string => resourcePath('demo-model');

/** Where `train` of a workspace puts its model. @throws HilumError `config/…` */
export async function workspaceModelFolder(root: string): Promise<string> {
  const { paths } = await openWorkspace(root);
  return join(paths.artifacts, artifactNames.model);
}

/**
 * The model named, else the workspace's, else the demo model; says on stderr which one it is.
 * @throws HilumError `model/…`, `config/…`
 */
export async function chooseModel(
  context: CliContext,
  given: string | undefined,
  root: string | undefined,
): Promise<ModelIdentity> {
  const own = given !== undefined ? resolve(context.cwd, given) : await sealedModelOf(root);
  if (own === undefined) context.say('No model was named and none was trained here: the demo model is used.');
  const model = await readModelIdentity(own ?? demoModelFolder());
  context.say(`Model: ${modelTitle(model)}, seal ${model.seal.slice(0, 12)}.`);
  if (model.card.honesty === 'leaky') context.say('Its training split leaked: its figures measure memory, not skill.');
  return model;
}

async function sealedModelOf(root: string | undefined): Promise<string | undefined> {
  if (root === undefined) return undefined;
  const folder = await workspaceModelFolder(root);
  return stat(join(folder, sealFile)).then(
    () => folder,
    () => undefined,
  );
}
