import type { Estimate, Metrics, Prediction } from '../../domain/metrics.ts';
import type { Params } from '../../domain/params.ts';
import { computeMetrics } from '../../metrics/index.ts';

export interface SliceScore {
  readonly balanced_accuracy: Estimate;
  readonly accuracy: Estimate;
  readonly counts: Metrics['counts'];
}

/** Accuracy of slices with intervals by patient group; a scan has no answer of its own where its slices lie in several folds. */
export function sliceScore(
  predictions: readonly Prediction[],
  classes: readonly string[],
  { evaluation, seed }: Pick<Params, 'evaluation' | 'seed'>,
  honesty: Metrics['honesty'] = 'grouped',
): SliceScore {
  const { slice, counts } = computeMetrics(predictions, classes, {
    ...{ part: 'out-of-fold', honesty, protocol: 'cross-validated', seed },
    resamples: evaluation.resamples,
    scanVote: evaluation.scan_vote,
  });
  return { balanced_accuracy: slice.balanced_accuracy, accuracy: slice.accuracy, counts };
}
