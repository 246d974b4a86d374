import { type KeyObject, sign } from 'node:crypto';
import { join } from 'node:path';
import { checkSignature, rawPublicKey, readSignature, signatureText } from '../../../pipeline/disk/signature.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type Signature, signatureSchema, signatureVersion, signedText } from '../../../pipeline/domain/signature.ts';
import { demoModelFolder } from '../../models/places.ts';
import { checkSealedFiles, readSeal } from '../../models/sealed-folder.ts';
import { addModel, keepSignature, modelFolderOf, modelStore } from '../../models/store.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { isWithin } from '../../workspace/within.ts';
import type { KeysPlace } from './place.ts';
import { goodSignatureOf } from './signature.ts';

/** @param now ISO 8601 in UTC. @throws ZodError when a part does not fit (our bug) */
export function signSeal(seal: string, key: KeyObject, signer: string, now: string): Signature {
  const statement = { seal, signer, signed_at: new Date(now).toISOString() };
  const signature = signatureSchema.parse({
    format: 'hilum-signature',
    version: signatureVersion,
    ...statement,
    public_key: rawPublicKey(key),
    signature: sign(null, Buffer.from(signedText(statement)), key).toString('base64'),
  });
  // What nobody could verify is not written.
  return checkSignature(Buffer.from(signatureText(signature)), seal);
}

/**
 * Signs a model whose every byte is the sealed one; a signature that was there is replaced.
 * @throws HilumError `model/…`, `disk/…`, `config/not-writable`
 */
export async function signModel(folder: string, key: KeyObject, signer: string, now: string): Promise<Signature> {
  await checkSealedFiles(folder);
  const { hash } = await readSeal(folder);
  const signature = signSeal(hash, key, signer, now);
  await keepSignature(folder, signature);
  return signature;
}

/**
 * Where the signature of a model goes. What `train` has just written is an output of the pipeline, which a file more would
 * change: the stored copy is signed instead.
 * @param root the workspace, if there is one
 * @throws HilumError `signature/bundled`, `model/…`, `config/…`
 */
export async function folderToSign(root: string | undefined, folder: string, now: string): Promise<string> {
  if (folder === demoModelFolder()) throw new HilumError('signature/bundled');
  if (root === undefined) return folder;
  const { paths } = await openWorkspace(root);
  if (!isWithin(paths.artifacts, folder)) return folder;
  return modelFolderOf(
    paths.state,
    await addModel(paths.state, folder, { origin: 'trained', run: null, addedAt: now }),
  );
}

/**
 * For a model that was imported and is here already: a signature that counts takes the place of one that does not.
 * @throws HilumError `signature/…`, `disk/…`
 */
export async function preferTrusted(state: string, folder: string, seal: string, place: KeysPlace): Promise<void> {
  const stored = join(modelStore(state), seal);
  const signature = await readSignature(folder, seal);
  const brought = await goodSignatureOf(folder, seal, place, undefined);
  const kept = await goodSignatureOf(stored, seal, place, undefined);
  if (signature === undefined || brought.state !== 'trusted' || kept.state === 'trusted') return;
  await keepSignature(stored, signature);
}
