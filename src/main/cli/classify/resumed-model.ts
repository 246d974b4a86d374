import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelAlias } from '../../../pipeline/domain/registry.ts';
import { stoodAsOf } from '../../batches/find-batch.ts';
import { modelBySeal } from '../../batches/plan-batch.ts';
import { type Shard, shardText } from '../../batches/shard.ts';
import { requireUsable } from '../../registry/signing/policy.ts';
import type { ModelIdentity } from '../../workspace/model-identity.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { sayModel } from '../choose-model.ts';
import type { CliContext } from '../context.ts';

export interface Resumed {
  readonly root: string;
  /** State folder with the batches. */
  readonly state: string;
  /** Real path. */
  readonly folder: string;
  readonly shard: Shard | undefined;
  /** Name that the model is asked for by. */
  readonly alias: ModelAlias;
}

/**
 * The model that a batch goes on with: the one that stood at the alias when it was started, whatever stands there now.
 * Undefined: there is no such batch.
 * @throws HilumError `signature/…`; `model/unknown` when its files are gone: another model would never be taken for it
 */
export async function resumedModel(context: CliContext, asked: Resumed): Promise<ModelIdentity | undefined> {
  const seal = await sealOfBatch(asked);
  if (seal === undefined) return undefined;
  const usable = (folder: string): Promise<void> => requireUsable(asked.root, folder, context.env);
  const model = await modelBySeal(join(asked.root, workspaceNames.state), seal, usable);
  sayModel(context, model, `, which was ${asked.alias} when the batch was started`);
  return model;
}

async function sealOfBatch({ state, folder, shard, alias }: Resumed): Promise<string | undefined> {
  const path = join(state, 'hilum.db');
  if (!existsSync(path)) return undefined;
  const part = shard === undefined ? null : shardText(shard);
  const { openRecords } = await import('../../records/index.ts');
  const records = openRecords(path);
  try {
    const ofFolder = records.batches.list().filter((each) => each.folder === folder && each.options.shard === part);
    return ofFolder.find((each) => stoodAsOf(each) === alias)?.modelSeal;
  } finally {
    records.close();
  }
}
