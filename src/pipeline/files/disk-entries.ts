import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { errnoOf } from '../domain/errors.ts';
import type { RefusedFile } from './sources/source.ts';

/** Enough to keep the thread pool busy, few enough to stay responsive on a slow share. */
const batchSize = 64;

/** What lstat says of each path, in order; a failure is its errno. */
export async function* lstatAll(
  paths: readonly (string | Buffer)[],
): AsyncGenerator<{ readonly index: number; readonly stats: Stats | string }> {
  for (let start = 0; start < paths.length; start += batchSize) {
    const batch = paths.slice(start, start + batchSize);
    const results = await Promise.all(batch.map((path) => lstat(path).catch((error: unknown) => errnoName(error))));
    for (const [offset, stats] of results.entries()) yield { index: start + offset, stats };
  }
}

export function errnoName(error: unknown): string {
  return errnoOf(error) ?? 'unknown';
}

/** The refusal for a path that cannot be looked at, or that was not opened or read. */
export function failure(file: string, errno: string): RefusedFile {
  return errno === 'ENOENT'
    ? { file, refused: 'image/missing', facts: {} }
    : { file, refused: 'image/unreadable', facts: { errno } };
}
