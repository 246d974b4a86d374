import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { copyFileToDisk, writeFileAtomic, writeFolderAtomic } from '../../pipeline/disk/atomic.ts';
import { readSignature, signatureText } from '../../pipeline/disk/signature.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { filesOf, type Seal, sealFile } from '../../pipeline/domain/sealed-model.ts';
import { type Signature, signatureFile } from '../../pipeline/domain/signature.ts';
import { type InTurn, inTurn } from '../workspace/in-turn.ts';
import { demoModelFolder } from './places.ts';
import { checkSealedFolder, readSeal, requireRegularFiles, requireSealedBytes } from './sealed-folder.ts';

/** Where a stored model came from. */
export interface AddedModel {
  readonly origin: 'trained' | 'imported';
  /** Run that sealed it; null when it came from elsewhere. */
  readonly run: string | null;
  /** ISO 8601; left out: now. */
  readonly addedAt?: string;
}

/** A model that can be named by its seal. */
export interface KnownModel {
  /** Root hash of its seal. */
  readonly id: string;
  readonly folder: string;
  readonly origin: 'bundled' | AddedModel['origin'];
  readonly run: string | null;
  /** ISO 8601; empty for the bundled one. */
  readonly addedAt: string;
}

const noteSchema = z.object({
  origin: z.enum(['trained', 'imported']),
  run: z.string().nullable(),
  addedAt: z.string(),
});
const sealName = /^[0-9a-f]{64}$/;

/** Where a workspace keeps models. @param state its `.hilum` */
export const modelStore = (state: string): string => join(state, 'models');

/**
 * Keeps a copy of a sealed model under its seal: exactly the sealed files, every hash compared on the copy. One that is
 * there whole is left as it is, and so is the note of where it came from. A signature comes along, but never takes the
 * place of one that is there.
 * @returns the id of the model
 * @throws HilumError `model/…`, `signature/…`, `disk/…`, `config/not-writable`; nothing half is left then
 */
export function addModel(state: string, folder: string, added: AddedModel): Promise<string> {
  return turnsOf(state)(async () => {
    const seal = await requireComplete(folder);
    const signature = await readSignature(folder, seal.hash);
    const target = join(modelStore(state), seal.hash);
    if (!(await isWhole(target))) await copySealed(folder, target, seal);
    if (signature !== undefined && (await readSignature(target, seal.hash)) === undefined) {
      await keepSignature(target, signature);
    }
    if ((await readNote(state, seal.hash)) === undefined) {
      const { origin, run, addedAt = new Date().toISOString() } = added;
      await writeFileAtomic(notePath(state, seal.hash), `${JSON.stringify({ origin, run, addedAt })}\n`);
    }
    return seal.hash;
  });
}

/** Puts a signature beside the seal, in the place of one that may be there. @throws HilumError `disk/…`, `config/not-writable` */
export async function keepSignature(folder: string, signature: Signature): Promise<void> {
  await writeFileAtomic(join(folder, signatureFile), signatureText(signature));
}

/** Folder of a model, the bundled one included. @throws HilumError `model/unknown` */
export async function modelFolderOf(state: string, id: string): Promise<string> {
  if (id === (await bundledId())) return demoModelFolder();
  if (!sealName.test(id)) throw new HilumError('model/unknown');
  const folder = join(modelStore(state), id);
  if (await isFolder(folder)) return folder;
  throw new HilumError('model/unknown');
}

/** The bundled model, then the stored ones, newest first. Whether they are whole is not looked at. */
export async function listModels(state: string): Promise<KnownModel[]> {
  const bundled = await bundledId();
  const names: readonly string[] = await readdir(modelStore(state)).catch(() => []);
  const stored = await Promise.all(
    names.filter((name) => sealName.test(name) && name !== bundled).map((id) => storedModel(state, id)),
  );
  stored.sort((a, b) => (a.addedAt < b.addedAt ? 1 : a.addedAt > b.addedAt ? -1 : a.id < b.id ? -1 : 1));
  return [{ id: bundled, folder: demoModelFolder(), origin: 'bundled', run: null, addedAt: '' }, ...stored];
}

/**
 * Takes a stored model away.
 * @returns bytes that are free again
 * @throws HilumError `model/unknown`, `model/in-use` (the bundled one), `disk/…`
 */
export async function removeModel(state: string, id: string): Promise<number> {
  const folder = await modelFolderOf(state, id);
  if (folder === demoModelFolder()) throw new HilumError('model/in-use');
  return turnsOf(state)(async () => {
    let bytes = 0;
    for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size;
    // The seal goes first: what a crash leaves is no model, and the note is the last trace of it.
    await rm(join(folder, sealFile), { force: true });
    await rm(folder, { recursive: true, force: true });
    await rm(notePath(state, id), { force: true });
    return bytes;
  });
}

/** Seal of the model that comes with the program; a name that no seal has when it is damaged, so that it can be listed. */
export async function bundledId(): Promise<string> {
  bundled ??= await readSeal(demoModelFolder()).then(
    ({ hash }) => hash,
    () => undefined,
  );
  return bundled ?? 'bundled';
}

let bundled: string | undefined;

async function requireComplete(folder: string): Promise<Seal> {
  const sizes = await requireRegularFiles(folder);
  const seal = await readSeal(folder);
  const missing = filesOf(seal).find(({ name }) => !sizes.has(name));
  if (missing !== undefined) throw new HilumError('model/not-sealed', { file: missing.name });
  return seal;
}

async function copySealed(from: string, target: string, seal: Seal): Promise<void> {
  await writeFolderAtomic(target, async (aside) => {
    const files = [...filesOf(seal).map(({ name }) => name), sealFile];
    for (const file of files) await copyFileToDisk(join(from, file), join(aside, file));
    await requireSealedBytes(aside, seal);
    if ((await readSeal(aside)).hash !== seal.hash) throw new HilumError('model/seal-broken', { file: sealFile });
  });
}

async function storedModel(state: string, id: string): Promise<KnownModel> {
  const folder = join(modelStore(state), id);
  // The note is written after the folder: one without was imported when the power went.
  const note = (await readNote(state, id)) ?? { origin: 'imported' as const, run: null, addedAt: await timeOf(folder) };
  return { id, folder, ...note };
}

async function readNote(state: string, id: string): Promise<z.infer<typeof noteSchema> | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(notePath(state, id), 'utf8')));
  } catch {
    // Missing or broken alike: it only says where the model came from, and the next `addModel` writes it again.
    return undefined;
  }
}

const notePath = (state: string, id: string): string => join(modelStore(state), `${id}.json`);

async function timeOf(folder: string): Promise<string> {
  return stat(folder).then(
    ({ mtime }) => mtime.toISOString(),
    () => '',
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function isWhole(folder: string): Promise<boolean> {
  return checkSealedFolder(folder).then(
    () => true,
    () => false,
  );
}

/** Two copies of one model at the same time would swap each other's folder out. */
const turns = new Map<string, InTurn>();

function turnsOf(state: string): InTurn {
  const known = turns.get(state) ?? inTurn();
  turns.set(state, known);
  return known;
}
