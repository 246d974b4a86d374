import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../domain/errors.ts';
import { allowedAddress } from './address.ts';
import { defaultArchiveLimits } from './archive-limits.ts';
import { download } from './download.ts';
import type { FileSource, SourceKind, SourceOptions } from './source.ts';
import { readUnpacked } from './unpacked.ts';
import { isZip, openArchive } from './zip.ts';

/** A zip at an https address, known by its SHA-256: fetched once, found in the cache the next time. */
export const url: SourceKind = {
  recognises: async (location) => /^[a-z][a-z0-9+.-]*:\/\//i.test(location),
  open: openUrl,
};

async function openUrl(location: string, options: SourceOptions): Promise<FileSource> {
  const address = allowedAddress(location);
  const sha256 = options.sha256?.toLowerCase();
  if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256)) throw new HilumError('source/hash-required');
  if ((await readUnpacked(join(options.cacheFolder, 'archives', sha256))) !== undefined) {
    return openArchive('url', '', sha256, options);
  }
  const limitBytes = (options.limits ?? defaultArchiveLimits).totalBytes;
  const path = await download(address, sha256, join(options.cacheFolder, 'downloads'), { ...options, limitBytes });
  try {
    if (!(await isZip(path))) throw new HilumError('source/unknown-kind', { source: 'The download' });
    return await openArchive('url', path, sha256, options);
  } finally {
    await rm(path, { force: true });
  }
}
