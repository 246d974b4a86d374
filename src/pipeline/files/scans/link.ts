import type { Plane } from '../../domain/image.ts';
import { disjointSets } from '../similarity/disjoint-sets.ts';
import { forSimilarPairs, type ThumbnailIndex } from '../similarity/thumbnail-index.ts';
import { fileNumber, mayBeSamePlane, type ScanImage } from './scan.ts';

/** Pictures of one recovered scan. */
export interface RecoveredScan {
  /** Places in the list that was linked, rising. */
  readonly members: readonly number[];
  readonly plane: Plane;
  /** Numbers in the file names, rising; empty where a name has none. */
  readonly numbers: readonly number[];
}

/**
 * Single linkage over the pictures of one class and folder: two of one plane that correlate at least `sameScan` are of
 * one scan, and so is what hangs together through others.
 * @param pictures in order of file numbers and names
 * @returns scans in order of their first member
 */
export function linkScans(pictures: readonly ScanImage[], index: ThumbnailIndex, sameScan: number): RecoveredScan[] {
  const planes = pictures.map(({ plane }) => plane);
  const samePlane = (i: number, j: number): boolean => mayBeSamePlane(planes[i] ?? 'unknown', planes[j] ?? 'unknown');
  const sets = disjointSets(pictures.length);
  // Neighbours first: most pairs of a scan are in one set then, and need no comparison any more.
  for (let i = 1; i < pictures.length; i++) {
    if (samePlane(i - 1, i) && index.correlation(i - 1, i) >= sameScan) sets.join(i - 1, i);
  }
  forSimilarPairs(
    index,
    sameScan,
    (i, j) => !samePlane(i, j) || sets.find(i) === sets.find(j),
    (i, j) => sets.join(i, j),
  );
  const scans = new Map<number, number[]>();
  for (let i = 0; i < pictures.length; i++) {
    const root = sets.find(i);
    const members = scans.get(root) ?? [];
    members.push(i);
    scans.set(root, members);
  }
  return [...scans.values()].map((members) => describe(pictures, members));
}

function describe(pictures: readonly ScanImage[], members: readonly number[]): RecoveredScan {
  const own = members.map((member) => pictures[member]).filter((picture) => picture !== undefined);
  const numbers = own.map(({ file }) => fileNumber(file)).filter((number) => number !== undefined);
  const numbered = numbers.length === own.length;
  return { members, plane: commonPlane(own), numbers: numbered ? numbers.sort((a, b) => a - b) : [] };
}

function commonPlane(pictures: readonly ScanImage[]): Plane {
  const counts = new Map<Plane, number>();
  for (const { plane } of pictures) counts.set(plane, (counts.get(plane) ?? 0) + 1);
  const known = [...counts].filter(([plane]) => plane !== 'unknown').sort(([, a], [, b]) => b - a);
  return known[0]?.[0] ?? 'unknown';
}
