import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { KeyAccess } from '../../src/main/registry/signing/own-keys.ts';
import type { KeysPlace } from '../../src/main/registry/signing/place.ts';
import { signSeal } from '../../src/main/registry/signing/sign.ts';
import { signatureText } from '../../src/pipeline/disk/signature.ts';

export const signedAt = '2026-01-02T03:04:05.006Z';
export const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

/** A signature that holds, as text. */
export function signed(seal: string, key: KeyObject = newKey(), signer = 'Ada', now = signedAt): string {
  return signatureText(signSeal(seal, key, signer, now));
}

/** Keys of one test; `secrets` is its keychain. */
export function testKeys(folder: string, passphrase?: string) {
  const place: KeysPlace = { folder: join(folder, 'keys'), pinned: undefined };
  const secrets = new Map<string, string>();
  const access: KeyAccess = {
    place,
    passphrase: async () => passphrase,
    keychain: async () => ({
      available: true,
      problem: null,
      get: async (name) => secrets.get(name),
      set: async (name, secret) => void secrets.set(name, secret),
      delete: async (name) => void secrets.delete(name),
    }),
  };
  return { place, access, secrets };
}
