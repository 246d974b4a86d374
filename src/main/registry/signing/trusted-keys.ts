import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { fingerprintOf } from '../../../pipeline/disk/signature.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { publicKeySchema, signerSchema } from '../../../pipeline/domain/signature.ts';
import { inTurn } from '../../workspace/in-turn.ts';
import { lastGoodFile } from '../../workspace/last-good.ts';
import { readPublicPem } from './key-text.ts';
import type { KeysPlace } from './place.ts';

/** A key whose signatures count here, under the name that this user knows it by. */
export interface TrustedKey {
  readonly name: string;
  /** Raw, 32 bytes in base64. */
  readonly publicKey: string;
  /** SHA-256 of the raw key. */
  readonly fingerprint: string;
  /** ISO 8601; null for a pinned one. */
  readonly trustedAt: string | null;
  /** It lies in the folder of HILUM_TRUSTED_KEYS: nothing here takes it away. */
  readonly pinned: boolean;
}

const trustedSchema = z.strictObject({
  version: z.literal(1),
  keys: z.array(z.strictObject({ name: signerSchema, public_key: publicKeySchema, trusted_at: z.string() })),
});
type Kept = z.infer<typeof trustedSchema>['keys'];

const fileOf = ({ folder }: KeysPlace) => lastGoodFile(folder, 'trusted-keys', trustedSchema);
const turn = inTurn();

/** By name. A file that is not understood counts as its last good copy, else as nobody trusted. */
export async function trustedKeys(place: KeysPlace): Promise<TrustedKey[]> {
  const kept = (await fileOf(place).read())?.keys ?? [];
  const own = kept.map(({ name, public_key, trusted_at }) => known(name, public_key, trusted_at));
  const pinned = (await pinnedKeys(place)).filter(({ publicKey }) => !own.some((key) => key.publicKey === publicKey));
  return [...own, ...pinned].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * A key that is trusted already gets the new name.
 * @param publicKey raw, in base64
 */
export function trustKey(place: KeysPlace, name: string, publicKey: string, now: string): Promise<TrustedKey> {
  return change(place, (keys) => {
    const others = keys.filter(({ public_key }) => public_key !== publicKey);
    return [...others, { name, public_key: publicKey, trusted_at: now }];
  }).then(() => known(name, publicKey, now));
}

/**
 * @param written a name or the first digits of a fingerprint
 * @throws HilumError `key/unknown`, `key/several`, `key/pinned`
 */
export async function distrustKey(place: KeysPlace, written: string): Promise<TrustedKey> {
  const key = oneKey(await trustedKeys(place), written);
  if (key.pinned) throw new HilumError('key/pinned', { name: key.name });
  await change(place, (keys) => keys.filter(({ public_key }) => public_key !== key.publicKey));
  return key;
}

interface Named {
  readonly name: string;
  readonly fingerprint: string;
}

/** The key of a name, or of the first digits (at least 8) of a fingerprint. @throws HilumError `key/unknown`, `key/several` */
export function oneKey<Key extends Named>(keys: readonly Key[], written: string): Key {
  const digits = written.replaceAll(' ', '').toLowerCase();
  const begins = (fingerprint: string): boolean => /^[0-9a-f]{8,64}$/.test(digits) && fingerprint.startsWith(digits);
  const named = keys.filter(({ name }) => name === written);
  const found = named.length > 0 ? named : keys.filter(({ fingerprint }) => begins(fingerprint));
  const [key, another] = found;
  if (key === undefined) throw new HilumError('key/unknown', { name: written });
  if (another !== undefined) throw new HilumError('key/several', { count: found.length });
  return key;
}

function change(place: KeysPlace, next: (keys: Kept) => Kept): Promise<void> {
  return turn(async () => {
    const file = fileOf(place);
    const keys = (await file.read())?.keys ?? [];
    await file.write({ version: 1, keys: next(keys) });
  });
}

/** What is no public key in that folder is left alone: one bad file must not open or close everything. */
async function pinnedKeys({ pinned }: KeysPlace): Promise<TrustedKey[]> {
  if (pinned === undefined) return [];
  const names = (await readdir(pinned).catch(() => [])).filter((name) => name.endsWith('.pem')).sort();
  const keys = await Promise.all(
    names.map(async (file) => {
      try {
        const name = signerSchema.parse(basename(file, '.pem'));
        return [known(name, readPublicPem(await readFile(join(pinned, file), 'utf8'), file), null)];
      } catch {
        return [];
      }
    }),
  );
  return keys.flat();
}

const known = (name: string, publicKey: string, trustedAt: string | null): TrustedKey => ({
  name,
  publicKey,
  fingerprint: fingerprintOf(publicKey),
  trustedAt,
  pinned: trustedAt === null,
});
