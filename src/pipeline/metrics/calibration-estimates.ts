import type { Estimate } from '../domain/metrics.ts';
import { bootstrap } from './bootstrap.ts';
import { brier } from './brier.ts';
import { ece } from './calibration.ts';
import type { BootstrapOptions } from './draws.ts';
import { groupsOf } from './groups.ts';
import { logLoss } from './log-loss.ts';
import { casesFrom } from './sample.ts';
import type { GroupedCase } from './scan-cases.ts';

/** How well probabilities match what happens, each with its interval over patient groups. ECE of few cases is biased upwards. */
export interface CalibrationEstimates {
  readonly ece: Estimate;
  readonly brier: Estimate;
  readonly log_loss: Estimate;
}

/** @param classes count of classes */
export function calibrationEstimates(
  cases: readonly GroupedCase[],
  classes: number,
  options: BootstrapOptions,
): CalibrationEstimates {
  const { names, groupOf } = groupsOf(cases);
  const statistics = [ece, brier, logLoss].map(({ value }) => ({ value, hasInterval: true }));
  const [ofEce, ofBrier, ofLogLoss] = bootstrap(casesFrom(cases, classes), groupOf, names.length, statistics, options);
  const none: Estimate = { value: null, low: null, high: null };
  return { ece: ofEce ?? none, brier: ofBrier ?? none, log_loss: ofLogLoss ?? none };
}
