import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { sealFile } from '../../../pipeline/domain/sealed-model.ts';
import { type KnownModel, listModels } from '../../models/store.ts';
import type { Run } from '../../records/runs.ts';
import { isRegistryWord, modelNamed } from '../../registry/resolve.ts';
import { modelTitle, readModelIdentity } from '../../workspace/model-identity.ts';
import { readKeptSeal } from '../kept-files.ts';
import { findRun } from '../run-record.ts';
import type { Study } from '../study.ts';
import { runOfModel } from './run-of-model.ts';

/** What a duel or a gate is about: a run, a sealed model, or both where one made the other. */
export interface Side {
  readonly name: string;
  readonly run: Run | null;
  /** null: the run kept none. */
  readonly model: { readonly seal: string; readonly folder: string } | null;
}

/**
 * A run by its id or the beginning of it, a model by its alias or version in the registry, its folder or the first digits of
 * its seal.
 * @param cwd folder that a relative path counts from
 * @throws HilumError `run/unknown`, `registry/…`, `model/…`, `usage/bad-option`
 */
export async function sideNamed(study: Study, written: string, cwd: string): Promise<Side> {
  if (isRegistryWord(written)) return sideOfModel(study, await modelNamed(study, written, cwd));
  const folder = resolve(cwd, written);
  if (existsSync(join(folder, sealFile))) return sideOfFolder(study, folder);
  const models = await listModels(study.workspace.paths.state);
  const [found, another] = sealDigits.test(written) ? models.filter(({ id }) => id.startsWith(written)) : [];
  if (another !== undefined) {
    throw new HilumError('usage/bad-option', { what: `more than one seal begins with ${written}` });
  }
  if (found !== undefined) return sideOfModel(study, found);
  return sideOfRun(study, findRun(study.records, written));
}

/** As a page names it: the whole id of a run. @throws HilumError `run/unknown` */
export async function sideOfRun({ workspace }: Study, run: Run): Promise<Side> {
  const { state } = workspace.paths;
  const seal = await readKeptSeal(state, run.id);
  const model = seal === null ? undefined : (await listModels(state)).find(({ id }) => id === seal);
  return { name: run.name, run, model: model === undefined ? null : { seal: model.id, folder: model.folder } };
}

/** A run and its model share enough of an id: 12 hexadecimal digits against 64. */
const sealDigits = /^[0-9a-f]{8,64}$/;

async function sideOfFolder(study: Study, folder: string): Promise<Side> {
  const identity = await readModelIdentity(folder);
  const stored = (await listModels(study.workspace.paths.state)).find(({ id }) => id === identity.seal);
  const run = stored === undefined ? null : await runOfModel(study, stored);
  return { name: modelTitle(identity), run, model: { seal: identity.seal, folder } };
}

/** A model that the workspace knows, and the run that made it. @throws HilumError `model/…` */
export async function sideOfModel(study: Study, known: KnownModel): Promise<Side> {
  const identity = await readModelIdentity(known.folder);
  const run = await runOfModel(study, known);
  return { name: modelTitle(identity), run, model: { seal: known.id, folder: known.folder } };
}
