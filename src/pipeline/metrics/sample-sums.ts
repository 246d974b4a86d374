import { calibrationBins } from './calibration-bin.ts';
import type { Cases, Sample } from './types.ts';

/** Columns of the sums behind a sample: confusion, two losses, then three sums a bin. */
export function columnCount(classes: number): number {
  return classes * classes + 2 + 3 * calibrationBins;
}

/** What one case adds to the sums: column by column. Six entries, the last one 0 where the answer is wrong. */
export function eachColumn(cases: Cases, index: number, add: (column: number, value: number) => void): void {
  const { classes, truth, predicted, bin } = cases;
  const losses = classes * classes;
  const bins = losses + 2 + (bin[index] ?? 0);
  add((truth[index] ?? 0) * classes + (predicted[index] ?? 0), 1);
  add(losses, cases.logLoss[index] ?? 0);
  add(losses + 1, cases.brier[index] ?? 0);
  add(bins, 1);
  add(bins + calibrationBins, cases.confidence[index] ?? 0);
  add(bins + 2 * calibrationBins, truth[index] === predicted[index] ? 1 : 0);
}

/** A sample as views of its sums: filled anew, it reads the new sums. */
export function sampleView(
  sums: Float64Array,
  classes: number,
  ranked: Pick<Sample, 'classAucs' | 'classPrecisions'>,
): Sample {
  const losses = classes * classes;
  const bins = losses + 2;
  const ofBins = (part: number) => sums.subarray(bins + part * calibrationBins, bins + (part + 1) * calibrationBins);
  return {
    classes,
    confusion: sums.subarray(0, losses),
    losses: sums.subarray(losses, bins),
    bins: { count: ofBins(0), confidence: ofBins(1), right: ofBins(2) },
    ...ranked,
  };
}
