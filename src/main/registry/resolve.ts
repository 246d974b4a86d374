import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { isModelAlias, type ModelAlias, versionName, versionWritten } from '../../pipeline/domain/registry.ts';
import { sealFile } from '../../pipeline/domain/sealed-model.ts';
import { type KnownModel, listModels } from '../models/store.ts';
import type { Records } from '../records/index.ts';
import type { Study } from '../studies/study.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';
import { workspaceNames } from '../workspace/names.ts';
import { recordsOf, withRecordsOf } from './read-records.ts';

/** `champion` or `v3`: a word that only a registry can explain. */
export function isRegistryWord(written: string): boolean {
  return isModelAlias(written) || versionWritten(written) !== undefined;
}

const sealDigits = /^[0-9a-f]{8,64}$/;

/**
 * The model that is meant: an alias or a version of the registry (these words win: a folder of such a name is written
 * `./champion`), a folder, or 8 or more digits of the seal of a stored one.
 * @param place the open study, or the root of a workspace whose records are then read beside whoever writes
 * @param cwd folder that a relative path counts from; left out: the workspace
 * @throws HilumError `registry/no-alias`, `registry/unknown-version`, `registry/model-gone`, `model/…`, `usage/bad-option`
 */
export async function modelNamed(place: Study | string, written: string, cwd?: string): Promise<KnownModel> {
  const root = typeof place === 'string' ? place : place.workspace.paths.root;
  const state = join(root, workspaceNames.state);
  if (isRegistryWord(written)) {
    if (typeof place !== 'string') return modelOfVersion(place.records, state, versionMeant(place.records, written));
    return withRecordsOf(root, (records) => modelOfVersion(records, state, versionMeant(records, written)));
  }
  const folder = resolve(cwd ?? root, written);
  const stored = await listModels(state);
  if (sealDigits.test(written) && !existsSync(folder)) return storedBySeal(stored, written, folder);
  return ofFolder(stored, folder);
}

/** The same where there is no workspace: a folder. @throws HilumError `registry/no-workspace`, `model/…` */
export async function modelInFolder(written: string, cwd: string): Promise<KnownModel> {
  const folder = resolve(cwd, written);
  if (isRegistryWord(written) && !existsSync(join(folder, sealFile))) {
    throw new HilumError('registry/no-workspace', { word: written });
  }
  return ofFolder([], folder);
}

/** @throws HilumError `registry/unknown-version`, `registry/model-gone`, `model/seal-broken` */
export async function modelOfVersion(records: Records, state: string, version: number): Promise<KnownModel> {
  const { seal } = records.modelVersions.get(version);
  const found = (await listModels(state)).find(({ id }) => id === seal);
  if (found === undefined) throw new HilumError('registry/model-gone', { version: versionName(version) });
  return requireSeal(found);
}

/** Version that an alias stands at now; undefined: at none, or the workspace has no records yet. */
export async function standingAt(root: string, alias: ModelAlias): Promise<number | undefined> {
  if (!existsSync(recordsOf(root))) return undefined;
  return withRecordsOf(root, (records) => records.promotions.newest(alias)?.version ?? undefined);
}

function versionMeant(records: Records, written: string): number {
  if (!isModelAlias(written)) return versionWritten(written) ?? 0;
  const version = records.promotions.newest(written)?.version ?? null;
  if (version === null) throw new HilumError('registry/no-alias', { alias: written });
  return version;
}

/** A folder in the store is called by the seal of its model: another model in it was put there. */
async function requireSeal(known: KnownModel): Promise<KnownModel> {
  const { seal } = await readModelIdentity(known.folder);
  if (seal !== known.id) throw new HilumError('model/seal-broken', { file: sealFile });
  return known;
}

async function storedBySeal(stored: readonly KnownModel[], written: string, folder: string): Promise<KnownModel> {
  const [found, another] = stored.filter(({ id }) => id.startsWith(written));
  if (another !== undefined) {
    throw new HilumError('usage/bad-option', { what: `more than one seal begins with ${written}` });
  }
  return found === undefined ? ofFolder(stored, folder) : requireSeal(found);
}

async function ofFolder(stored: readonly KnownModel[], folder: string): Promise<KnownModel> {
  const { seal } = await readModelIdentity(folder);
  const known = stored.find(({ id }) => id === seal);
  const { origin, run, addedAt } = known ?? { origin: 'imported', run: null, addedAt: '' };
  return { id: seal, folder, origin, run, addedAt };
}
