import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sha256, sha256File } from '../../pipeline/disk/hash.ts';
import { readSignature } from '../../pipeline/disk/signature.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { filesOf, type Seal, sealedFiles, sealFile, sealSchema } from '../../pipeline/domain/sealed-model.ts';
import { signatureFile } from '../../pipeline/domain/signature.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';

/** One file of a sealed model on the disk. */
export interface SealedFileFacts {
  readonly name: string;
  readonly bytes: number;
  /** As the seal has it. */
  readonly sha256: string;
}

/** seal.json, its own hash checked. @throws HilumError `model/missing`, `model/not-sealed`, `model/seal-broken`, `model/newer` */
export async function readSeal(folder: string): Promise<Seal> {
  // Gives the right sentence for what is no sealed model at all, or one of a newer version.
  await readModelIdentity(folder);
  const seal = sealSchema.parse(JSON.parse(await readFile(join(folder, sealFile), 'utf8')));
  const { hash, ...body } = seal;
  if (hash !== sha256(canonicalJson(body))) throw new HilumError('model/seal-broken', { file: sealFile });
  return seal;
}

/**
 * Sizes of those sealed files that are there. Only regular files (or links to such) are taken: a pipe under one of these
 * names would keep its reader for ever.
 * @throws HilumError `model/not-sealed`
 */
export async function requireRegularFiles(folder: string): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const file of [sealFile, ...sealedFiles]) {
    const stats = await stat(join(folder, file)).catch(() => undefined);
    if (stats?.isFile()) sizes.set(file, stats.size);
    else if (stats !== undefined) throw new HilumError('model/not-sealed', { file });
  }
  return sizes;
}

/**
 * Compares every file with the seal, and the seal with its signature when there is one, without starting a worker: no
 * self-test.
 * @throws HilumError `model/…` naming the first file that differs, `signature/…`
 */
export async function checkSealedFolder(folder: string): Promise<SealedFileFacts[]> {
  const files = await checkSealedFiles(folder);
  await readSignature(folder, (await readSeal(folder)).hash);
  return files;
}

/** The same, whatever the signature is: it can be taken away or made anew. @throws HilumError `model/…` */
export async function checkSealedFiles(folder: string): Promise<SealedFileFacts[]> {
  const sizes = await requireRegularFiles(folder);
  const seal = await readSeal(folder);
  const files = filesOf(seal);
  const sealed = new Set<string>([sealFile, signatureFile, ...files.map(({ name }) => name)]);
  const surplus = (await readdir(folder)).find((name) => !sealed.has(name));
  if (surplus !== undefined) throw new HilumError('model/surplus-file', { file: surplus });
  await requireSealedBytes(folder, seal);
  return files.map(({ name, sha256: hash }) => ({ name, bytes: sizes.get(name) ?? 0, sha256: hash }));
}

/** @throws HilumError `model/not-sealed`, `model/seal-broken` naming the first file whose bytes are not the sealed ones */
export async function requireSealedBytes(folder: string, seal: Seal): Promise<void> {
  for (const { name: file, sha256: expected } of filesOf(seal)) {
    const hash = await sha256File(join(folder, file)).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') throw new HilumError('model/not-sealed', { file }, { cause: error });
      throw error;
    });
    if (hash !== expected) throw new HilumError('model/seal-broken', { file });
  }
}
