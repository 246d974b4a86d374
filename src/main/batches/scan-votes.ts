import { byCodePoint } from '../../pipeline/domain/names.ts';
import type { LedgerRow } from '../records/batch-rows.ts';
import { scanOf } from './ledger.ts';
import type { ScanFrom } from './plan.ts';

/** One answer for a scan: the class with the greatest mean probability over its answered and reviewed images. */
export interface ScanAnswer {
  readonly scan: string;
  readonly group: string;
  /** Index of the class. */
  readonly predicted: number;
  /** Mean probability of that class. */
  readonly probability: number;
  /** Images that voted. */
  readonly images: number;
  /** Up to three images with the highest probability of that class, highest first. */
  readonly keySlices: readonly string[];
  /** The first of them. */
  readonly best: { readonly item: number; readonly frame: number; readonly image: string };
}

const keySliceCount = 3;

interface Slice {
  readonly item: number;
  readonly frame: number;
  readonly image: string;
  readonly probability: number;
}

interface Votes {
  readonly scan: string;
  readonly group: string;
  images: number;
  readonly sums: number[];
  /** Best images of each class. */
  readonly best: Slice[][];
}

const nothing: Slice = { item: 0, frame: 0, image: '', probability: 0 };

/**
 * Joins the rows of each scan to one answer. Holds one scan at a time, and with `--scan-from folder` also one entry a folder.
 * @param rows ordered by scan, those without one first
 */
export function* scanAnswers(rows: Iterable<LedgerRow>, scanFrom: ScanFrom): Generator<ScanAnswer> {
  const folders = new Map<string, Votes>();
  let current: Votes | undefined;
  for (const row of rows) {
    const scan = scanOf(row, scanFrom);
    if (scan === '' || row.predicted === null) continue;
    if (row.scan === '') {
      const votes = folders.get(scan) ?? emptyVotes(scan, scan);
      folders.set(scan, votes);
      add(votes, row);
      continue;
    }
    if (current !== undefined && current.scan !== scan) {
      yield answerOf(current);
      current = undefined;
    }
    current ??= emptyVotes(scan, row.group);
    add(current, row);
  }
  if (current !== undefined) yield answerOf(current);
  const sorted = [...folders.values()].sort((a, b) => byCodePoint(a.scan, b.scan));
  for (const votes of sorted) yield answerOf(votes);
}

function emptyVotes(scan: string, group: string): Votes {
  return { scan, group, images: 0, sums: [], best: [] };
}

function add(votes: Votes, { item, frame, image, probabilities }: LedgerRow): void {
  votes.images++;
  for (const [index, probability] of probabilities.entries()) {
    votes.sums[index] = (votes.sums[index] ?? 0) + probability;
    const best = [...(votes.best[index] ?? []), { item, frame, image, probability }];
    // Stable: of equals the earlier slice stays in front.
    votes.best[index] = best.sort((a, b) => b.probability - a.probability).slice(0, keySliceCount);
  }
}

function answerOf({ scan, group, images, sums, best }: Votes): ScanAnswer {
  const top = Math.max(...sums);
  const predicted = sums.indexOf(top);
  const slices = best[predicted] ?? [];
  const keySlices = slices.map(({ image }) => image);
  return { scan, group, predicted, probability: top / images, images, keySlices, best: slices[0] ?? nothing };
}
