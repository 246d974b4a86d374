import { byText } from './order.ts';
import { topClass } from './sample.ts';

export const scanVoteRules = ['mean', 'majority'] as const;
/** mean: greatest mean probability. majority: most slices, the mean probability decides ties. */
export type ScanVoteRule = (typeof scanVoteRules)[number];

/** One slice's answer. */
export interface SliceVote {
  readonly image: string;
  readonly scan: string;
  readonly group: string;
  readonly probabilities: readonly number[];
  /** Index of the true class, where it is known. */
  readonly truth?: number;
}

export interface ScanVote {
  readonly scan: string;
  readonly group: string;
  /** Commonest true class of the slices (the lower index on ties), where it is known. */
  readonly truth?: number;
  /** Mean over the slices that voted. */
  readonly probabilities: readonly number[];
  /** Index of the scan's class. */
  readonly predicted: number;
  /** Up to three images with the highest probability of the scan's class, highest first. */
  readonly keySlices: readonly string[];
  /** Slices that voted. */
  readonly images: number;
}

const keySliceCount = 3;

/**
 * Joins the slices of each scan to one answer. A slice with a probability that is not finite has no vote; a scan without
 * any vote is left out. The order of the items does not matter; scans come out sorted by name.
 */
export function voteByScan(items: readonly SliceVote[], rule: ScanVoteRule): ScanVote[] {
  const scans = new Map<string, SliceVote[]>();
  for (const item of items) {
    if (item.probabilities.length === 0 || !item.probabilities.every(Number.isFinite)) continue;
    const members = scans.get(item.scan);
    if (members === undefined) scans.set(item.scan, [item]);
    else members.push(item);
  }
  return [...scans]
    .sort(([a], [b]) => byText(a, b))
    .map(([scan, slices]) =>
      voteOf(
        scan,
        slices.sort((a, b) => byText(a.image, b.image)),
        rule,
      ),
    );
}

function voteOf(scan: string, slices: readonly SliceVote[], rule: ScanVoteRule): ScanVote {
  const classes = slices[0]?.probabilities.length ?? 0;
  const mean = Array.from(
    { length: classes },
    (_, k) => slices.reduce((sum, slice) => sum + (slice.probabilities[k] ?? 0), 0) / slices.length,
  );
  const predicted = rule === 'mean' ? topClass(mean) : majorityClass(slices, mean);
  const probabilityOf = (slice: SliceVote) => slice.probabilities[predicted] ?? 0;
  const truth = commonestTruth(slices);
  return {
    scan,
    group: slices[0]?.group ?? scan,
    ...(truth === undefined ? {} : { truth }),
    probabilities: mean,
    predicted,
    keySlices: slices
      .toSorted((a, b) => probabilityOf(b) - probabilityOf(a))
      .slice(0, keySliceCount)
      .map((slice) => slice.image),
    images: slices.length,
  };
}

function majorityClass(slices: readonly SliceVote[], mean: readonly number[]): number {
  const votes = mean.map(() => 0);
  for (const slice of slices) {
    const answer = topClass(slice.probabilities);
    votes[answer] = (votes[answer] ?? 0) + 1;
  }
  const most = Math.max(...votes);
  return topClass(mean.map((probability, k) => (votes[k] === most ? probability : Number.NEGATIVE_INFINITY)));
}

function commonestTruth(slices: readonly SliceVote[]): number | undefined {
  const counts: number[] = [];
  for (const { truth } of slices) {
    if (truth !== undefined) counts[truth] = (counts[truth] ?? 0) + 1;
  }
  const best = topClass(counts);
  return best === -1 ? undefined : best;
}
