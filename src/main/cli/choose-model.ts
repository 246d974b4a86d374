import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { demoModelFolder, sealedModelOf } from '../models/places.ts';
import { listModels } from '../models/store.ts';
import { type ModelIdentity, modelTitle, readModelIdentity } from '../workspace/model-identity.ts';
import { workspaceNames } from '../workspace/names.ts';
import type { CliContext } from './context.ts';

/**
 * The model named (by its folder, or by the first digits of the seal of one that the workspace stores), else the
 * workspace's, else the demo model; says on stderr which one it is.
 * @throws HilumError `model/…`, `config/…`, `usage/bad-option`
 */
export async function chooseModel(
  context: CliContext,
  given: string | undefined,
  root: string | undefined,
): Promise<ModelIdentity> {
  const ofWorkspace = root === undefined ? undefined : () => sealedModelOf(root);
  const own = given !== undefined ? await folderOf(context, given, root) : await ofWorkspace?.();
  if (own === undefined) context.say('No model was named and none was trained here: the demo model is used.');
  const model = await readModelIdentity(own ?? demoModelFolder());
  context.say(`Model: ${modelTitle(model)}, seal ${model.seal.slice(0, 12)}.`);
  if (model.card.honesty === 'leaky') context.say('Its training split leaked: its figures measure memory, not skill.');
  return model;
}

const sealDigits = /^[0-9a-f]{8,64}$/;

/** A folder wins over a seal: it can always be written as `./name`. */
async function folderOf({ cwd }: CliContext, given: string, root: string | undefined): Promise<string> {
  const folder = resolve(cwd, given);
  if (!sealDigits.test(given) || root === undefined || existsSync(folder)) return folder;
  const models = await listModels(join(root, workspaceNames.state));
  const [found, another] = models.filter(({ id }) => id.startsWith(given));
  if (another !== undefined) {
    throw new HilumError('usage/bad-option', { what: `--model: more than one seal begins with ${given}` });
  }
  return found?.folder ?? folder;
}
