import { writeFile } from 'node:fs/promises';
import { fingerprintOf, readSignature } from '../../pipeline/disk/signature.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { MadeFile, Output } from '../ipc/contract.ts';
import { openKeychain } from '../keychain/index.ts';
import { publicPem, readPublicPem } from '../registry/signing/key-text.ts';
import { type KeyAccess, makeKey, ownKeyNamed, ownKeys, privateKeyOf } from '../registry/signing/own-keys.ts';
import { keysPlace } from '../registry/signing/place.ts';
import { folderToSign, signModel } from '../registry/signing/sign.ts';
import { distrustKey, trustedKeys, trustKey } from '../registry/signing/trusted-keys.ts';
import { openWorkspace } from '../workspace/open.ts';
import { knownModel } from './models.ts';
import type { Session } from './session.ts';

/** A list must not wait for somebody who is asked to unlock something. */
const briefMs = 3000;

/** Keys of whoever runs the program; a passphrase comes from its environment, never from a page. */
export function keyAccess({ env }: Session): KeyAccess {
  return {
    place: keysPlace(env),
    keychain: () => openKeychain(),
    passphrase: async () => env.HILUM_KEY_PASSPHRASE || undefined,
  };
}

export async function keyList(session: Session): Promise<Output<'keys/list'>> {
  const place = keysPlace(session.env);
  const { config } = await openWorkspace(session.study.workspace.paths.root);
  const [own, trusted, keychain] = await Promise.all([
    ownKeys(place),
    trustedKeys(place),
    openKeychain({ timeoutMs: briefMs }),
  ]);
  return {
    keychainProblem: keychain.available ? null : keychain.problem,
    own: own.map(({ name, fingerprint, madeAt, file }) => {
      return { name, fingerprint, madeAt, kept: file === null ? 'keychain' : 'file' };
    }),
    trusted: trusted.map(({ name, fingerprint, trustedAt }) => ({ name, fingerprint, trustedAt })),
    required: config.registry.require_signature,
  };
}

/** @throws HilumError `key/exists`, `keychain/unavailable`, `disk/…` */
export async function makeOwnKey(session: Session, name: string): Promise<Output<'keys/make'>> {
  const { fingerprint } = await makeKey(keyAccess(session), name, null, session.context().now());
  audit(session, 'key/made', fingerprint, name);
  return { fingerprint };
}

/** @throws HilumError `key/…` */
export async function exportKey(session: Session, fingerprint: string): Promise<MadeFile> {
  const { publicKey } = await ownKeyNamed(keysPlace(session.env), fingerprint);
  const name = `hilum-public-key-${fingerprint.slice(0, 12)}.pem`;
  return session.surface.deliver(name, (out) => writeFile(out, publicPem(publicKey)));
}

export const readKey = (pem: string): Output<'keys/read'> => ({ fingerprint: fingerprintOf(publicKeyIn(pem)) });

/** @throws HilumError `key/no-key`, `key/other-key`, `disk/…` */
export async function trustPem(session: Session, pem: string, fingerprint: string, name: string): Promise<void> {
  await trust(session, publicKeyIn(pem), fingerprint, name);
}

/** @throws HilumError `model/…`, `signature/…`, `key/other-key`, `disk/…` */
export async function trustSigner(session: Session, model: string, fingerprint: string, name: string): Promise<void> {
  const { folder, id } = await knownModel(session, model);
  const signature = await readSignature(folder, id);
  if (signature === undefined) throw new HilumError('key/other-key');
  await trust(session, signature.public_key, fingerprint, name);
}

/** @throws HilumError `key/…`, `disk/…` */
export async function distrust(session: Session, fingerprint: string): Promise<void> {
  const { name } = await distrustKey(keysPlace(session.env), fingerprint);
  audit(session, 'key/distrusted', fingerprint, name);
}

/** @throws HilumError `key/…`, `model/…`, `signature/bundled`, `disk/…` */
export async function signKnown(session: Session, model: string, fingerprint: string): Promise<void> {
  const known = await knownModel(session, model);
  const access = keyAccess(session);
  const now = session.context().now();
  const key = await ownKeyNamed(access.place, fingerprint);
  const folder = await folderToSign(session.study.workspace.paths.root, known.folder, now);
  const { seal } = await signModel(folder, await privateKeyOf(access, key), key.name, now);
  session.study.records.audit.add('model/signed', seal, { fingerprint, signer: key.name });
  session.push({ topic: 'changed', what: 'models' });
}

/** What was compared is what is trusted, whatever changed in between. */
async function trust(session: Session, publicKey: string, compared: string, name: string): Promise<void> {
  if (fingerprintOf(publicKey) !== compared) throw new HilumError('key/other-key');
  await trustKey(keysPlace(session.env), name, publicKey, session.context().now());
  audit(session, 'key/trusted', compared, name);
}

function audit(
  session: Session,
  action: 'key/made' | 'key/trusted' | 'key/distrusted',
  fingerprint: string,
  name: string,
): void {
  session.study.records.audit.add(action, fingerprint, { name });
  // Whose signature counts is shown with every model.
  session.push({ topic: 'changed', what: 'models' });
}

const publicKeyIn = (pem: string): string => readPublicPem(pem, 'The text');
