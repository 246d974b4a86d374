import type { MetricInfo } from '../domain/metrics.ts';

/** What the metrics of N cases (slices or scans) are computed from, K classes. Arrays of N unless said otherwise. */
export interface Cases {
  readonly classes: number;
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  /** N*K, row-major. */
  readonly probabilities: Float64Array;
  /** Probability of the predicted class. */
  readonly confidence: Float64Array;
  readonly logLoss: Float64Array;
  readonly brier: Float64Array;
  /** Bin of the confidence, see calibration. */
  readonly bin: Int32Array;
  /** For each class the cases by rising probability of that class, sorted once. */
  readonly ranking: readonly Ranking[];
}

/** Cases by rising score. */
export interface Ranking {
  readonly order: Int32Array;
  /** By rank: 1 where the case is of the class. */
  readonly positive: Uint8Array;
  /** By rank: 1 where the next score is greater, so that a run of tied scores ends here. */
  readonly endsTie: Uint8Array;
}

/** Weighted sums by bin of the confidence. */
export interface BinSums {
  readonly count: Float64Array;
  readonly confidence: Float64Array;
  readonly right: Float64Array;
}

/**
 * What every metric reads: sums over cases with a weight each, all 1 for the figure itself, the times a case was drawn in a
 * bootstrap resample. All but the two ranked figures are sums, so a resample adds up groups instead of cases.
 */
export interface Sample {
  readonly classes: number;
  /** K*K, row-major [true][predicted], sums of weights. */
  readonly confusion: Float64Array;
  /** [sum of log losses, sum of Brier scores] */
  readonly losses: Float64Array;
  readonly bins: BinSums;
  /** One-vs-rest AUC of each class, null where it is not defined. */
  readonly classAucs: readonly (number | null)[];
  /** Average precision of each class, null where it is not defined. */
  readonly classPrecisions: readonly (number | null)[];
}

export interface OverallMetric extends MetricInfo {
  /** null where the metric is not defined on the sample. */
  readonly value: (sample: Sample) => number | null;
}

export interface ClassMetric extends MetricInfo {
  readonly value: (sample: Sample, classIndex: number) => number | null;
  /** Cases that the figure rests on: it gets an interval when they come from at least two groups (of both kinds, for `both`). */
  readonly restsOn: 'positives' | 'negatives' | 'both';
}
