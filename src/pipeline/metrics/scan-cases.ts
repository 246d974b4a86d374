import type { Prediction } from '../domain/metrics.ts';
import type { Case } from './sample.ts';
import { type ScanVoteRule, voteByScan } from './scan-vote.ts';

export type GroupedCase = Case & { readonly group: string };

/** A scan as one case. */
export interface ScanCase extends GroupedCase {
  readonly scan: string;
  /** Index of the class voted. */
  readonly predicted: number;
  /** Slices that voted. */
  readonly images: number;
}

/** Scans as cases, sorted by name: the vote is the answer, the commonest class of the slices the truth. */
export function scanCases(slices: readonly Prediction[], rule: ScanVoteRule): ScanCase[] {
  return voteByScan(slices, rule).flatMap(({ truth, ...vote }) => (truth === undefined ? [] : [{ ...vote, truth }]));
}
