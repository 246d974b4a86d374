import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, HilumError } from '../domain/errors.ts';
import {
  anySignatureSchema,
  largestSignatureBytes,
  type Signature,
  signatureFile,
  signatureSchema,
  signatureVersion,
  signedText,
} from '../domain/signature.ts';

/** Every byte before the raw key in the DER form of an Ed25519 public key (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** @param raw 32 bytes in base64. @throws HilumError `signature/malformed` when the text is no key */
export function publicKeyOf(raw: string): KeyObject {
  const key = Buffer.concat([derPrefix, exactBytes(raw, 32, 'public_key')]);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** The raw 32 bytes of an Ed25519 key, its private or public half, in base64. */
export function rawPublicKey(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ format: 'der', type: 'spki' }).subarray(derPrefix.length).toString('base64');
}

/** SHA-256 of the raw public key: 64 hexadecimal digits. */
export function fingerprintOf(raw: string): string {
  return createHash('sha256').update(Buffer.from(raw, 'base64')).digest('hex');
}

/** Whether Ed25519 holds (RFC 8032, pure). */
export function isSignedBy(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, message, key, signature);
}

/** signature.json as it is written; one text for one signature, so that not a blank can differ. */
export function signatureText(signature: Signature): string {
  return `${JSON.stringify(signature, null, 2)}\n`;
}

/**
 * The signature of a model, which holds for this seal; undefined: the folder has none. Who signed is for the caller to judge.
 * @param seal hash of the seal whose files were compared or will be
 * @throws HilumError `signature/malformed`, `signature/too-large`, `signature/newer`, `signature/other-seal`, `signature/bad`
 */
export async function readSignature(folder: string, seal: string): Promise<Signature | undefined> {
  const bytes = await readSmallFile(join(folder, signatureFile));
  return bytes === undefined ? undefined : checkSignature(bytes, seal);
}

/** The same for bytes that lie elsewhere, such as in a bundle. @throws as `readSignature` */
export function checkSignature(bytes: Uint8Array, seal: string): Signature {
  if (bytes.length > largestSignatureBytes) throw tooLarge(bytes.length);
  const signature = parseSignature(bytes);
  const isHeld = isSignedBy(
    publicKeyOf(signature.public_key),
    Buffer.from(signedText(signature)),
    exactBytes(signature.signature, 64, 'signature'),
  );
  if (!isHeld) throw new HilumError('signature/bad');
  // Asked last: only an intact signature may say which model it was made for.
  if (signature.seal !== seal) throw new HilumError('signature/other-seal');
  return signature;
}

function parseSignature(bytes: Uint8Array): Signature {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw malformed('it is no JSON text');
  }
  const any = anySignatureSchema.safeParse(value);
  if (!any.success) throw malformed('it names no format and version');
  if (any.data.version > signatureVersion) throw new HilumError('signature/newer', { version: any.data.version });
  const parsed = signatureSchema.safeParse(value);
  if (!parsed.success) throw malformed(String(parsed.error.issues[0]?.path[0] ?? 'its form'));
  if (signatureText(parsed.data) !== text) throw malformed('it is not written as this program writes it');
  return parsed.data;
}

/** Base64 leaves bits at its end that no byte uses: a text with other bits there is another text for the same bytes. */
function exactBytes(text: string, length: number, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== length || bytes.toString('base64') !== text) throw malformed(what);
  return bytes;
}

/** Never more than the limit is read, whatever the file grows to meanwhile; a pipe or a folder is no signature. */
async function readSmallFile(path: string): Promise<Uint8Array | undefined> {
  const stats = await stat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (stats === undefined) return undefined;
  // Opening a pipe would wait for a writer.
  if (!stats.isFile()) throw malformed('it is no file');
  if (stats.size > largestSignatureBytes) throw tooLarge(stats.size);
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(largestSignatureBytes + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const malformed = (what: string): HilumError => new HilumError('signature/malformed', { what });
const tooLarge = (bytes: number): HilumError =>
  new HilumError('signature/too-large', { bytes, limit: largestSignatureBytes });
