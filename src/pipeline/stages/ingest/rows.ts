import type { DuplicateRow, ManifestRow } from '../../domain/dataset.ts';
import type { Params } from '../../domain/params.ts';
import { type Label, recoverScans } from '../../files/index.ts';
import type { Candidate } from './candidates.ts';
import { imagesOf } from './file-facts.ts';
import type { ThumbnailStore } from './thumbnail-store.ts';

/**
 * Manifest rows of the accepted files, and the files that repeat the decoded pixels of an earlier one.
 * The first file in path order is kept; a copy under another class is still a duplicate, and its row says which class.
 */
export function recoverRows(
  candidates: readonly Candidate[],
  thumbnails: ThumbnailStore,
  thresholds: Params['scans'],
  labels: ReadonlyMap<string, Label> | undefined,
): { rows: ManifestRow[]; duplicates: DuplicateRow[] } {
  const { unique, duplicates } = withoutDuplicates(candidates);
  const images = unique.flatMap((candidate) => {
    const { facts, file } = candidate;
    return imagesOf(file, facts).map((image, frame) => {
      const seen = facts.frames[frame];
      if (seen === undefined) throw new RangeError('frame out of range');
      return { candidate, image, frame: seen };
    });
  });
  const places = recoverScans(
    images.map(({ candidate, image, frame }) => ({
      image,
      file: candidate.file,
      class: candidate.class,
      plane: frame.plane,
      scanKey: candidate.facts.scanKey,
      groupKey: candidate.facts.groupKey,
      labelScan: labels?.get(candidate.file)?.scan,
      labelGroup: labels?.get(candidate.file)?.group,
      thumbnail: Float32Array.from(thumbnails.get(frame.pixelHash) ?? []),
    })),
    thresholds,
  );
  const rows = images.map(({ candidate, image, frame }, index): ManifestRow => {
    const place = places[index];
    if (place === undefined) throw new RangeError('image without a scan');
    return {
      file: candidate.file,
      image,
      sha256: candidate.facts.sha256,
      pixel_hash: frame.pixelHash,
      class: candidate.class,
      scan: place.scan,
      group: place.group,
      domain: frame.domain,
      plane: frame.plane,
      width: frame.width,
      height: frame.height,
    };
  });
  return { rows, duplicates };
}

function withoutDuplicates(candidates: readonly Candidate[]): { unique: Candidate[]; duplicates: DuplicateRow[] } {
  const firstOf = new Map<string, string>();
  const unique: Candidate[] = [];
  const duplicates: DuplicateRow[] = [];
  for (const candidate of candidates) {
    const pixels = candidate.facts.frames.map((frame) => frame.pixelHash).join();
    const first = firstOf.get(pixels);
    if (first === undefined) {
      firstOf.set(pixels, candidate.file);
      unique.push(candidate);
    } else {
      duplicates.push({ file: candidate.file, duplicate_of: first, class: candidate.class });
    }
  }
  return { unique, duplicates };
}
