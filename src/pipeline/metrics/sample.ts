import { aucOf, rankByScore } from './auc.ts';
import { averagePrecisionOf } from './average-precision.ts';
import { brierOf } from './brier.ts';
import { calibrationBin } from './calibration-bin.ts';
import { logLossOf } from './log-loss.ts';
import { columnCount, eachColumn, sampleView } from './sample-sums.ts';
import type { Cases, Sample } from './types.ts';

/** One case: true class, probability of each class (finite), and the answer given. */
export interface Case {
  readonly truth: number;
  readonly probabilities: readonly number[];
  /** Index of the class answered; left out: the most probable (the first on ties). */
  readonly predicted?: number;
}

/** Index of the greatest value, the first on ties; -1 for an empty list. */
export function topClass(probabilities: readonly number[]): number {
  let best = -1;
  let bestValue = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < probabilities.length; k++) {
    const value = probabilities[k] ?? Number.NEGATIVE_INFINITY;
    if (value > bestValue) {
      best = k;
      bestValue = value;
    }
  }
  return best;
}

/**
 * Lays cases out as typed arrays, with the parts of each metric that do not change between bootstrap resamples.
 * @throws RangeError when a class index or a number of probabilities does not fit, or a probability is not finite
 */
export function casesFrom(items: readonly Case[], classes: number): Cases {
  const truth = new Int32Array(items.length);
  const predicted = new Int32Array(items.length);
  const confidence = new Float64Array(items.length);
  const logLoss = new Float64Array(items.length);
  const brier = new Float64Array(items.length);
  const bin = new Int32Array(items.length);
  const probabilities = new Float64Array(items.length * classes);
  items.forEach((item, i) => {
    const answer = item.predicted ?? topClass(item.probabilities);
    requireFit(item, answer, classes);
    truth[i] = item.truth;
    predicted[i] = answer;
    probabilities.set(item.probabilities, i * classes);
    confidence[i] = item.probabilities[answer] ?? 0;
    bin[i] = calibrationBin(confidence[i] ?? 0);
    logLoss[i] = logLossOf(item.probabilities[item.truth] ?? 0);
    brier[i] = brierOf(item.probabilities, item.truth);
  });
  const ranking = Array.from({ length: classes }, (_, k) =>
    rankByScore(
      Float64Array.from(items, (_item, i) => probabilities[i * classes + k] ?? 0),
      Uint8Array.from(items, (item) => (item.truth === k ? 1 : 0)),
    ),
  );
  return { classes, truth, predicted, probabilities, confidence, logLoss, brier, bin, ranking };
}

/** What every metric reads, for a set of weights. @param weights of the cases; left out: 1 each */
export function sampleOf(cases: Cases, weights: Float64Array = new Float64Array(cases.truth.length).fill(1)): Sample {
  const sums = new Float64Array(columnCount(cases.classes));
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    eachColumn(cases, i, (column, value) => {
      sums[column] = (sums[column] ?? 0) + weight * value;
    });
  }
  return sampleView(sums, cases.classes, {
    classAucs: cases.ranking.map((ranking) => aucOf(ranking, weights)),
    classPrecisions: cases.ranking.map((ranking) => averagePrecisionOf(ranking, weights)),
  });
}

function requireFit(item: Case, answer: number, classes: number): void {
  const isClass = (index: number) => Number.isInteger(index) && index >= 0 && index < classes;
  if (item.probabilities.length !== classes) {
    throw new RangeError(`expected ${classes} probabilities, got ${item.probabilities.length}`);
  }
  if (!item.probabilities.every(Number.isFinite)) throw new RangeError('a probability is not finite');
  if (!isClass(item.truth) || !isClass(answer)) throw new RangeError(`expected a class index below ${classes}`);
}
