import type { ManifestRow } from '../../domain/dataset.ts';
import type { NeighboursReport } from '../../domain/explain.ts';
import type { DecodedImage, OpenedImage } from '../../domain/image.ts';
import { idsOfKeys } from '../../files/index.ts';
import { pixelHash } from '../../images/index.ts';

type Source = NeighboursReport['images'][number]['ownScan'];
type Place = Pick<ManifestRow, 'scan' | 'group'>;

/** Which cases belong to the image's own scan or patient, and how that is known. */
export interface OwnPlace {
  readonly source: Source;
  isOwn(each: Place): boolean;
}

/**
 * Looked up by pixels in the dataset (a copy under another name is the same picture) and by what the file says of itself.
 * A picture that is in no dataset and names no scan may have neighbours from its own scan: the source says so.
 */
export function ownPlace(opened: OpenedImage, decoded: DecodedImage, manifest: readonly ManifestRow[]): OwnPlace {
  const hash = pixelHash(decoded);
  const { scanKey, groupKey } = opened.provenance;
  const ids = scanKey === undefined ? undefined : idsOfKeys(scanKey, groupKey);
  const same = manifest.filter((row) => row.pixel_hash === hash);
  const own = [...same, ...manifest.filter((row) => row.scan === ids?.scan)];
  const scans = new Set([...own.map(({ scan }) => scan), ...(ids === undefined ? [] : [ids.scan])]);
  const groups = new Set([...own.map(({ group }) => group), ...(ids === undefined ? [] : [ids.group])]);
  const source = same.length > 0 ? 'dataset' : ids !== undefined ? 'metadata' : 'unknown';
  return { source, isOwn: ({ scan, group }) => scans.has(scan) || groups.has(group) };
}
