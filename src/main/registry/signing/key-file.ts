import type { KeyObject } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { diskError, syncFolder } from '../../../pipeline/disk/atomic.ts';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { encryptedPem, readEncryptedPem } from './key-text.ts';

const fewestCharacters = 8;
/** An encrypted Ed25519 key takes some 300 bytes. */
const largestKeyFile = 16 * 1024;

/** @throws HilumError `key/no-passphrase` */
export function requirePassphrase(passphrase: string | undefined): string {
  if (passphrase === undefined || [...passphrase].length < fewestCharacters) throw new HilumError('key/no-passphrase');
  return passphrase;
}

/**
 * Writes a private key so that only this user can read the file, and only with the passphrase.
 * @throws HilumError `key/file-exists`, `key/no-passphrase`, `disk/…`
 */
export async function writeKeyFile(path: string, key: KeyObject, passphrase: string | undefined): Promise<void> {
  const pem = encryptedPem(key, requirePassphrase(passphrase));
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (errnoOf(error) === 'EEXIST') throw new HilumError('key/file-exists', { file: basename(path) });
    throw diskError(error, path);
  });
  try {
    await file.writeFile(pem);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw diskError(error, path);
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}

/**
 * @throws HilumError `key/missing`, `key/open-to-others`, `key/not-encrypted`, `key/no-passphrase`, `key/wrong-passphrase`,
 * `key/no-key`
 */
export async function readKeyFile(path: string, passphrase: () => Promise<string | undefined>): Promise<KeyObject> {
  const file = basename(path);
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) throw new HilumError('key/missing', { name: file, why: 'The file is not there.' });
  // Windows has access lists instead of these bits.
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) throw new HilumError('key/open-to-others', { file });
  if (stats.size > largestKeyFile) throw new HilumError('key/no-key', { file, part: 'private' });
  const pem = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new HilumError('key/missing', { name: file, why: `The file cannot be read (${errnoOf(error)}).` });
  });
  // A file that holds no encrypted key needs no passphrase to be refused.
  if (!pem.includes('ENCRYPTED')) return readEncryptedPem(pem, '', file);
  return readEncryptedPem(pem, requirePassphrase(await passphrase()), file);
}
