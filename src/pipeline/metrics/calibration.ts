import { overallMetricInfo, type ReliabilityBin } from '../domain/metrics.ts';
import { ratio } from './confusion.ts';
import type { Cases, OverallMetric } from './types.ts';

/** Bins of equal width over the probability of the predicted class: ((m - 1)/15, m/15], as Guo et al. 2017. */
export const calibrationBins = 15;

/** Bin of a probability 0..1; 0 falls into the first. Edges are m/15 in float64. */
export function calibrationBin(confidence: number): number {
  let bin = Math.min(calibrationBins - 1, Math.max(0, Math.ceil(confidence * calibrationBins) - 1));
  // The product may round across an edge that the quotient does not.
  while (bin > 0 && confidence <= bin / calibrationBins) bin--;
  while (bin < calibrationBins - 1 && confidence > (bin + 1) / calibrationBins) bin++;
  return bin;
}

interface BinSums {
  readonly count: Float64Array;
  readonly confidence: Float64Array;
  readonly right: Float64Array;
}

function binSums({ bin, confidence, truth, predicted }: Cases, weights: Float64Array): BinSums {
  const sums = {
    count: new Float64Array(calibrationBins),
    confidence: new Float64Array(calibrationBins),
    right: new Float64Array(calibrationBins),
  };
  for (let i = 0; i < bin.length; i++) {
    const b = bin[i] ?? 0;
    const weight = weights[i] ?? 0;
    sums.count[b] = (sums.count[b] ?? 0) + weight;
    sums.confidence[b] = (sums.confidence[b] ?? 0) + weight * (confidence[i] ?? 0);
    if (truth[i] === predicted[i]) sums.right[b] = (sums.right[b] ?? 0) + weight;
  }
  return sums;
}

/** Expected calibration error: |accuracy - confidence| averaged over bins, weighted by their cases (Guo et al. 2017, eq. 3). */
export const ece: OverallMetric = {
  ...overallMetricInfo.ece,
  value: ({ cases, weights }) => {
    const sums = binSums(cases, weights);
    let gaps = 0;
    let total = 0;
    for (let b = 0; b < calibrationBins; b++) {
      gaps += Math.abs((sums.right[b] ?? 0) - (sums.confidence[b] ?? 0));
      total += sums.count[b] ?? 0;
    }
    return ratio(gaps, total);
  },
};

/** The bins of a reliability diagram, each case counted once. */
export function reliabilityBins(cases: Cases): ReliabilityBin[] {
  const sums = binSums(cases, new Float64Array(cases.truth.length).fill(1));
  return Array.from(sums.count, (count, b) => ({
    low: b / calibrationBins,
    high: (b + 1) / calibrationBins,
    count,
    confidence: ratio(sums.confidence[b] ?? 0, count),
    accuracy: ratio(sums.right[b] ?? 0, count),
  }));
}
