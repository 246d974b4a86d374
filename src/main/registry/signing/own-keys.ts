import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { fingerprintOf, rawPublicKey } from '../../../pipeline/disk/signature.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { publicKeySchema, signerSchema } from '../../../pipeline/domain/signature.ts';
import type { Keychain } from '../../keychain/index.ts';
import { inTurn } from '../../workspace/in-turn.ts';
import { lastGoodFile } from '../../workspace/last-good.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import { bareText, readBareText } from './key-text.ts';
import type { KeysPlace } from './place.ts';
import { oneKey, trustKey } from './trusted-keys.ts';

/** A signing key of this user. Its private half is where `file` says. */
export interface OwnKey {
  readonly name: string;
  /** Raw, 32 bytes in base64. */
  readonly publicKey: string;
  readonly fingerprint: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Absolute path of the encrypted key file; null: in the keychain of the operating system. */
  readonly file: string | null;
}

const ownSchema = z.strictObject({
  version: z.literal(1),
  keys: z.array(
    z.strictObject({
      name: signerSchema,
      public_key: publicKeySchema,
      made_at: z.string(),
      file: z.string().nullable(),
    }),
  ),
});

/** What reaches a private key: the keychain, and who is asked for the passphrase of a file. */
export interface KeyAccess {
  readonly place: KeysPlace;
  readonly keychain: () => Promise<Keychain>;
  readonly passphrase: () => Promise<string | undefined>;
}

const listOf = ({ folder }: KeysPlace) => lastGoodFile(folder, 'my-keys', ownSchema);
const turn = inTurn();

/** In the order in which they were made. */
export async function ownKeys(place: KeysPlace): Promise<OwnKey[]> {
  const kept = (await listOf(place).read())?.keys ?? [];
  return kept.map(({ name, public_key, made_at, file }) => {
    return { name, publicKey: public_key, fingerprint: fingerprintOf(public_key), madeAt: made_at, file };
  });
}

/**
 * Makes a key and trusts it. The private half goes to the keychain, or to an encrypted file.
 * @param file absolute path; null: the keychain
 * @throws HilumError `key/exists`, `key/file-exists`, `key/no-passphrase`, `keychain/unavailable`, `disk/…`
 */
export function makeKey(access: KeyAccess, name: string, file: string | null, now: string): Promise<OwnKey> {
  return turn(async () => {
    const { place } = access;
    const list = listOf(place);
    const keys = (await list.read())?.keys ?? [];
    if (keys.some((key) => key.name === name)) throw new HilumError('key/exists', { name });
    const { privateKey } = generateKeyPairSync('ed25519');
    const publicKey = rawPublicKey(privateKey);
    const fingerprint = fingerprintOf(publicKey);
    // The private half is kept first: a list that names a key which is nowhere would be worse than a key in no list.
    if (file === null) await (await access.keychain()).set(secretName(fingerprint), bareText(privateKey));
    else await writeKeyFile(file, privateKey, await access.passphrase());
    await list.write({ version: 1, keys: [...keys, { name, public_key: publicKey, made_at: now, file }] });
    await trustKey(place, name, publicKey, now);
    return { name, publicKey, fingerprint, madeAt: now, file };
  });
}

/**
 * The key named, or the only one.
 * @param written name or first digits of a fingerprint
 * @throws HilumError `key/none`, `key/several`, `key/unknown`
 */
export async function ownKeyNamed(place: KeysPlace, written: string | undefined): Promise<OwnKey> {
  const keys = await ownKeys(place);
  const [only] = keys;
  if (only === undefined) throw new HilumError('key/none');
  if (written !== undefined) return oneKey(keys, written);
  if (keys.length > 1) throw new HilumError('key/several', { count: keys.length });
  return only;
}

/** @throws HilumError `key/missing`, `key/…` of a key file */
export async function privateKeyOf(access: KeyAccess, key: OwnKey): Promise<KeyObject> {
  if (key.file !== null) return readKeyFile(key.file, access.passphrase);
  const keychain = await access.keychain();
  const text = await keychain.get(secretName(key.fingerprint));
  if (text !== undefined) return readBareText(text);
  const why = keychain.problem ?? 'The keychain does not have it any more.';
  throw new HilumError('key/missing', { name: key.name, why });
}

/** By fingerprint, not by name: two programs' folders on one machine share one keychain. */
const secretName = (fingerprint: string): string => `signing-key/${fingerprint}`;
