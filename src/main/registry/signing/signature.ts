import { join } from 'node:path';
import { fingerprintOf, readSignature } from '../../../pipeline/disk/signature.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { SignatureState } from '../../../pipeline/domain/signature.ts';
import { readSeal } from '../../models/sealed-folder.ts';
import { modelStore } from '../../models/store.ts';
import { type KeysPlace, keysPlace } from './place.ts';
import { trustedKeys } from './trusted-keys.ts';

export type { SignatureState } from '../../../pipeline/domain/signature.ts';

type GoodSignature = Exclude<SignatureState, { state: 'bad' }>;

/**
 * Who signed the model in a folder. Its files are not compared with the seal here.
 * @param place left out: the keys of this user
 * @param state `.hilum` of the workspace that the folder is used in
 * @throws HilumError `model/…` when there is no seal to look at
 */
export async function signatureOf(
  folder: string,
  place: KeysPlace = keysPlace(process.env),
  state?: string,
): Promise<SignatureState> {
  // Outside, so that what is wrong with the seal is no fault of the signature.
  const { hash } = await readSeal(folder);
  try {
    return await goodSignatureOf(folder, hash, place, state);
  } catch (error) {
    if (!(error instanceof HilumError)) throw error;
    return { state: 'bad', why: error.sentence };
  }
}

/**
 * The signature beside the seal, else that of the stored copy of the same seal: what `train` has just written is an output
 * of the pipeline, so its signature is kept with the copy.
 * @throws HilumError `signature/…` when it is a bad one
 */
export async function goodSignatureOf(
  folder: string,
  seal: string,
  place: KeysPlace,
  state: string | undefined,
): Promise<GoodSignature> {
  const stored = state === undefined ? undefined : join(modelStore(state), seal);
  const signature =
    (await readSignature(folder, seal)) ?? (stored === undefined ? undefined : await readSignature(stored, seal));
  if (signature === undefined) return { state: 'unsigned' };
  const { public_key, signer, signed_at: signedAt } = signature;
  const known = (await trustedKeys(place)).find(({ publicKey }) => publicKey === public_key);
  const fingerprint = fingerprintOf(public_key);
  if (known === undefined) return { state: 'unknown', signer, fingerprint, signedAt };
  return { state: 'trusted', signer: known.name, fingerprint, signedAt };
}
