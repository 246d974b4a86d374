import { overallMetricInfo, type ReliabilityBin } from '../domain/metrics.ts';
import { calibrationBins } from './calibration-bin.ts';
import { ratio } from './confusion.ts';
import { sampleOf } from './sample.ts';
import type { Cases, OverallMetric } from './types.ts';

/** Expected calibration error: |accuracy - confidence| averaged over bins, weighted by their cases (Guo et al. 2017, eq. 3). */
export const ece: OverallMetric = {
  ...overallMetricInfo.ece,
  value: ({ bins }) => {
    let gaps = 0;
    let total = 0;
    for (let b = 0; b < calibrationBins; b++) {
      gaps += Math.abs((bins.right[b] ?? 0) - (bins.confidence[b] ?? 0));
      total += bins.count[b] ?? 0;
    }
    return ratio(gaps, total);
  },
};

/** The bins of a reliability diagram, each case counted once. */
export function reliabilityBins(cases: Cases): ReliabilityBin[] {
  const { bins } = sampleOf(cases);
  return Array.from(bins.count, (count, b) => ({
    low: b / calibrationBins,
    high: (b + 1) / calibrationBins,
    count,
    confidence: ratio(bins.confidence[b] ?? 0, count),
    accuracy: ratio(bins.right[b] ?? 0, count),
  }));
}
