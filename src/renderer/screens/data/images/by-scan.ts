import type { DatasetImage } from '../../../../main/ipc/contract.ts';

const natural = new Intl.Collator('en', { numeric: true });

/** Scan by scan, `2` before `10` in both. */
export function byScan<I extends Pick<DatasetImage, 'scan' | 'image'>>(images: readonly I[]): I[] {
  return images.toSorted((a, b) => natural.compare(a.scan, b.scan) || natural.compare(a.image, b.image));
}

/** Where an image is in its scan: indices into the list, which is in the order of `byScan`. */
export interface ScanRange {
  readonly first: number;
  /** Index of the last one. */
  readonly last: number;
}

export function scanAround(images: readonly Pick<DatasetImage, 'scan'>[], index: number): ScanRange {
  const scan = images[index]?.scan;
  let [first, last] = [index, index];
  while (images[first - 1]?.scan === scan && first > 0) first--;
  while (images[last + 1]?.scan === scan && last < images.length - 1) last++;
  return { first, last };
}

/** Index after a step; steps to other scans land on their first image. */
export function steppedIndex(
  images: readonly Pick<DatasetImage, 'scan'>[],
  index: number,
  step: 'next' | 'previous' | 'first' | 'last' | 'next-scan' | 'previous-scan',
): number {
  const { first, last } = scanAround(images, index);
  switch (step) {
    case 'next':
      return Math.min(last, index + 1);
    case 'previous':
      return Math.max(first, index - 1);
    case 'first':
      return first;
    case 'last':
      return last;
    case 'next-scan':
      return last + 1 < images.length ? last + 1 : index;
    case 'previous-scan':
      return first > 0 ? scanAround(images, first - 1).first : index;
  }
}
