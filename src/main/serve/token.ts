import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Fits an address, a header and a WebSocket's list of protocols without being changed. */
const tokenPattern = /^[A-Za-z0-9._~-]{16,512}$/;

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isToken(text: string): boolean {
  return tokenPattern.test(text);
}

/** Compares in a time that tells nothing of the token: hashes of one length, all of their bytes. */
export function tokenCheck(token: string): (given: string | undefined) => boolean {
  const expected = hashOf(token);
  return (given) => given !== undefined && timingSafeEqual(hashOf(given), expected);
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
