import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sealFile } from '../../pipeline/domain/sealed-model.ts';
import { type AddedModel, addModel, listModels, modelStore } from '../models/store.ts';
import type { Records } from '../records/index.ts';
import type { ModelVersion } from '../records/model-versions.ts';

interface Place {
  readonly records: Records;
  /** `.hilum` of the workspace. */
  readonly state: string;
}

/**
 * Keeps a copy of a sealed model in the workspace and gives it a version; one that has a version keeps it.
 * @throws HilumError `model/…`, `disk/…`, `records/…`
 */
export async function keepVersion({ records, state }: Place, folder: string, added: AddedModel): Promise<ModelVersion> {
  return records.modelVersions.register(await addModel(state, folder, added), added.run);
}

/** Gives a version to every model that the workspace stores and that has none, the oldest first. */
export async function registerStored({ records, state }: Place): Promise<void> {
  const names: readonly string[] = await readdir(modelStore(state)).catch(() => []);
  const folders = names.filter((name) => existsSync(join(modelStore(state), name, sealFile)));
  if (folders.every((seal) => records.modelVersions.ofSeal(seal) !== undefined)) return;
  const models = (await listModels(state)).filter(({ id, origin }) => origin !== 'bundled' && folders.includes(id));
  records.modelVersions.registerAll(models.reverse().map(({ id, run }) => ({ seal: id, run })));
}
