import type { ClassMetricName, OverallMetricName } from '../domain/metrics.ts';
import { accuracy } from './accuracy.ts';
import { classAuc, macroAuc } from './auc.ts';
import { averagePrecision } from './average-precision.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { brier } from './brier.ts';
import { ece } from './calibration.ts';
import { logLoss } from './log-loss.ts';
import { macroF1 } from './macro-f1.ts';
import { sensitivity } from './sensitivity.ts';
import { specificity } from './specificity.ts';
import type { ClassMetric, OverallMetric } from './types.ts';

/** Every figure over all classes. */
export const overallMetrics: Readonly<Record<OverallMetricName, OverallMetric>> = {
  accuracy,
  balanced_accuracy: balancedAccuracy,
  macro_f1: macroF1,
  auc: macroAuc,
  log_loss: logLoss,
  brier,
  ece,
};

/** Every figure of one class against the rest. */
export const classMetrics: Readonly<Record<ClassMetricName, ClassMetric>> = {
  sensitivity,
  specificity,
  auc: classAuc,
  average_precision: averagePrecision,
};
