import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { publicKeyOf, rawPublicKey } from '../../../pipeline/disk/signature.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';

/** @param raw 32 bytes in base64 */
export function publicPem(raw: string): string {
  return publicKeyOf(raw).export({ format: 'pem', type: 'spki' }).toString();
}

/**
 * The raw public key of a PEM text.
 * @param file name for people
 * @throws HilumError `key/no-key`; a private key is no public one, so that nobody hands theirs around
 */
export function readPublicPem(pem: string, file: string): string {
  const refuse = (cause?: unknown): HilumError => new HilumError('key/no-key', { file, part: 'public' }, { cause });
  if (!pem.includes('-----BEGIN PUBLIC KEY-----') || pem.includes('PRIVATE KEY-----')) throw refuse();
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (error) {
    throw refuse(error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refuse();
  return rawPublicKey(key);
}

/** The cipher of the file; the passphrase is what protects it. */
const cipher = 'aes-256-cbc';

/** PKCS#8, encrypted. */
export function encryptedPem(key: KeyObject, passphrase: string): string {
  return key.export({ format: 'pem', type: 'pkcs8', cipher, passphrase }).toString();
}

/** PKCS#8 as it lies in the keychain, which encrypts it itself. */
export function bareText(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** @throws HilumError `key/no-key` */
export function readBareText(text: string): KeyObject {
  return ed25519(() => createPrivateKey(text), 'The keychain');
}

/**
 * The private key of an encrypted PEM text.
 * @throws HilumError `key/not-encrypted`, `key/wrong-passphrase`, `key/no-key`
 */
export function readEncryptedPem(pem: string, passphrase: string, file: string): KeyObject {
  if (!pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')) {
    if (pem.includes('PRIVATE KEY-----')) throw new HilumError('key/not-encrypted', { file });
    throw new HilumError('key/no-key', { file, part: 'private' });
  }
  return ed25519(() => {
    try {
      return createPrivateKey({ key: pem, passphrase });
    } catch {
      // A wrong passphrase decrypts to noise, and what OpenSSL says of noise depends on the noise.
      throw new HilumError('key/wrong-passphrase', { file });
    }
  }, file);
}

function ed25519(read: () => KeyObject, file: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (error) {
    if (error instanceof HilumError) throw error;
    throw new HilumError('key/no-key', { file, part: 'private' });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new HilumError('key/no-key', { file, part: 'private' });
  return key;
}
