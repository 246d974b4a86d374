import { errnoOf, HilumError } from '../../domain/errors.ts';
import { folder } from './folder.ts';
import type { FileSource, SourceKind, SourceOptions } from './source.ts';
import { url } from './url.ts';
import { zip } from './zip.ts';

/** Asked in this order: an address is never looked up on disk. */
const sourceKinds: readonly SourceKind[] = [url, folder, zip];

/**
 * Opens what `config.yaml` or the command line names as source: a folder, a zip (by content) or an https address.
 * Addresses need `sha256`; http is allowed for loopback hosts only.
 * @throws HilumError `source/…`, `disk/…`, `cancelled/by-user`
 */
export async function openSource(location: string, options: SourceOptions): Promise<FileSource> {
  try {
    for (const kind of sourceKinds) {
      if (await kind.recognises(location)) return await kind.open(location, options);
    }
  } catch (error) {
    const errno = errnoOf(error);
    if (error instanceof HilumError || errno === undefined) throw error;
    if (errno === 'ENOENT' || errno === 'ENOTDIR') throw new HilumError('source/missing', { source: location });
    throw new HilumError('source/unreadable', { source: location, errno }, { cause: error });
  }
  throw new HilumError('source/unknown-kind', { source: location });
}
