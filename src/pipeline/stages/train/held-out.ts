import type { Estimate, Prediction } from '../../domain/metrics.ts';
import type { Params } from '../../domain/params.ts';
import { computeMetrics } from '../../metrics/index.ts';

/** What a model, or the models of the folds, reach on patient groups that they have not learned from. */
export interface HeldOutFigures {
  readonly images: number;
  readonly groups: number;
  /** Over images. */
  readonly balanced_accuracy: Estimate;
  /** Mean cross-entropy over images, without penalties and weights: it can be compared across settings. */
  readonly log_loss: Estimate;
  readonly scan_balanced_accuracy: Estimate;
}

/** Enough for an interval that candidates are ranked beside. */
const mostResamples = 1000;

/** null without predictions. @param predictions of held-out groups, none of them of the test part */
export function heldOutFigures(
  predictions: readonly Prediction[],
  classes: readonly string[],
  { seed, evaluation }: Params,
): HeldOutFigures | null {
  if (predictions.length === 0) return null;
  const { slice, scan, counts } = computeMetrics(predictions, classes, {
    part: 'held-out',
    honesty: 'grouped',
    protocol: 'holdout',
    scanVote: evaluation.scan_vote,
    resamples: Math.min(evaluation.resamples, mostResamples),
    seed,
  });
  return {
    images: counts.images,
    groups: counts.groups,
    balanced_accuracy: slice.balanced_accuracy,
    log_loss: slice.log_loss,
    scan_balanced_accuracy: scan.balanced_accuracy,
  };
}
