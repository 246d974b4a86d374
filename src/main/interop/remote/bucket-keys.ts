import { z } from 'zod';
import type { Keychain } from '../../keychain/index.ts';
import type { DvcRemote } from '../dvc/config.ts';

const keysSchema = z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });
/** The right to read and write in a bucket. */
export type BucketKeys = z.infer<typeof keysSchema>;

/** Bound to server and address: a configuration from elsewhere does not get them by taking a remote's name. */
export function keysName({ url = '', endpointurl = '' }: DvcRemote): string {
  return `remote:${endpointurl}|${url}`;
}

/** Keys that this user kept for a remote; undefined where there are none or no keychain answers. */
export async function keptKeys(keychain: Keychain, remote: DvcRemote): Promise<BucketKeys | undefined> {
  const text = await keychain.get(keysName(remote));
  if (text === undefined) return undefined;
  try {
    return keysSchema.parse(JSON.parse(text));
  } catch {
    // Somebody else's entry under our name.
    return undefined;
  }
}

/** @throws HilumError `keychain/unavailable` */
export async function keepKeys(keychain: Keychain, remote: DvcRemote, keys: BucketKeys): Promise<void> {
  await keychain.set(keysName(remote), JSON.stringify(keys));
}
