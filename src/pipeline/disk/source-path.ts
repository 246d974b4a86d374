import { isAbsolute, resolve } from 'node:path';

/** An https address as it is; a path that counts from the workspace made absolute. */
export function absoluteSource(root: string, source: string): string {
  return isAddress(source) || isAbsolute(source) ? source : resolve(root, source);
}

export function isAddress(source: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source);
}
