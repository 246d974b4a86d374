import type { Prediction } from '../domain/metrics.ts';
import type { Case } from './sample.ts';
import { type ScanVoteRule, voteByScan } from './scan-vote.ts';

export type GroupedCase = Case & { readonly group: string };

/** Scans as cases: the vote is the answer, the commonest class of the slices the truth. */
export function scanCases(slices: readonly Prediction[], rule: ScanVoteRule): GroupedCase[] {
  return voteByScan(slices, rule).flatMap(({ truth, ...vote }) => (truth === undefined ? [] : [{ ...vote, truth }]));
}
