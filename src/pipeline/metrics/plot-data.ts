import type { PlotData, Prediction } from '../domain/metrics.ts';
import { reliabilityBins } from './calibration.ts';
import { rocCurve } from './roc.ts';
import { type Case, casesFrom, sampleOf } from './sample.ts';
import { scanCases } from './scan-cases.ts';
import type { ScanVoteRule } from './scan-vote.ts';

/** ROC curves and reliability bins of both levels, from the predictions that computeMetrics takes. */
export function plotData(
  predictions: readonly Prediction[],
  classes: readonly string[],
  scanVote: ScanVoteRule,
): PlotData {
  return { slice: levelData(predictions, classes), scan: levelData(scanCases(predictions, scanVote), classes) };
}

function levelData(items: readonly Case[], classes: readonly string[]): PlotData['slice'] {
  const cases = casesFrom(items, classes.length);
  const { classAucs } = sampleOf(cases);
  return {
    roc: classes.map((label, k) => ({ label, points: rocCurve(cases, k), auc: classAucs[k] ?? null })),
    reliability: reliabilityBins(cases),
  };
}
