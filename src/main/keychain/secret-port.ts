import { z } from 'zod';

/** Where secrets lie, by name. The edge to the operating system: tests give their own. */
export interface SecretPort {
  /** null: nothing of this name. */
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Thrown where the keychain is not to be touched: machines whose services ask a person, and tests. */
export const switchedOff = Symbol('HILUM_KEYCHAIN=off');

/** Name under which the operating system's own keychain program shows our entries. */
const service = 'hilum';

/**
 * The keychain of the operating system: Keychain, Credential Manager, or the Secret Service. Linux's kernel keyring, which
 * the package would fall back to, forgets everything at the next start, so it is not taken.
 * @throws `switchedOff`, else what the package throws when it is not installed or finds no service
 */
export async function systemSecrets(): Promise<SecretPort> {
  if (process.env.HILUM_KEYCHAIN === 'off') throw switchedOff;
  // An optional dependency with native code: it is loaded only when somebody asks for a secret.
  const { AsyncEntry } = await import('@napi-rs/keyring');
  const entry = (name: string) => new AsyncEntry(service, name, { linux: { store: 'secret-service' } });
  entry('probe');
  return {
    get: async (name) => answerSchema.parse(await entry(name).getPassword()),
    set: (name, secret) => entry(name).setPassword(secret),
    delete: async (name) => {
      await entry(name).deleteCredential();
    },
  };
}

/** Versions of the package differ in what an absent entry reads as. */
const answerSchema = z
  .string()
  .nullish()
  .transform((secret) => secret ?? null);
