import { resolve } from 'node:path';
import { demoModelFolder, sealedModelOf } from '../models/places.ts';
import { type ModelIdentity, modelTitle, readModelIdentity } from '../workspace/model-identity.ts';
import type { CliContext } from './context.ts';

/**
 * The model named, else the workspace's, else the demo model; says on stderr which one it is.
 * @throws HilumError `model/…`, `config/…`
 */
export async function chooseModel(
  context: CliContext,
  given: string | undefined,
  root: string | undefined,
): Promise<ModelIdentity> {
  const ofWorkspace = root === undefined ? undefined : () => sealedModelOf(root);
  const own = given !== undefined ? resolve(context.cwd, given) : await ofWorkspace?.();
  if (own === undefined) context.say('No model was named and none was trained here: the demo model is used.');
  const model = await readModelIdentity(own ?? demoModelFolder());
  context.say(`Model: ${modelTitle(model)}, seal ${model.seal.slice(0, 12)}.`);
  if (model.card.honesty === 'leaky') context.say('Its training split leaked: its figures measure memory, not skill.');
  return model;
}
