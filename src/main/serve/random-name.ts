import { randomBytes } from 'node:crypto';

/** For folders of ours that nobody shall guess; good on every file system. */
export function newFolderName(): string {
  return randomBytes(16).toString('hex');
}

/** For addresses that open something once. */
export function newAddress(): string {
  return randomBytes(32).toString('base64url');
}
