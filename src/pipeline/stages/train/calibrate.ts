import { type AnsweringEvidence, type Calibration, pointFor, type Reliability } from '../../domain/calibration.ts';
import type { Prediction } from '../../domain/metrics.ts';
import type { Params } from '../../domain/params.ts';
import {
  type BootstrapOptions,
  calibrationEstimates,
  casesFrom,
  conformalSet,
  coverageByGroup,
  coverageCurve,
  groupConformal,
  groupsOf,
  operatingPoint,
  reliabilityBins,
  temperatureFit,
  thinnedCoverage,
  topClass,
  withTemperature,
} from '../../metrics/index.ts';

/** Points of the sealed coverage curve: half a percent apart. */
const curvePoints = 200;
/** Of the figures that are measured with numbers from other groups. */
const mostFolds = 20;

type Rules = Pick<Params, 'answering' | 'evaluation' | 'seed'>;

/**
 * Temperature, review threshold and conformal sets from predictions for patient groups that the model has not learned from,
 * and how well they do, each group measured with numbers that came from other groups. A temperature that makes those groups'
 * log loss worse is not used. With fewer than two groups nothing can be fitted: temperature 1, and the threshold of params.yaml.
 * @param classes count of classes
 */
export function calibrationOf(heldOut: readonly Prediction[], classes: number, params: Rules): Calibration {
  const groups = groupsOf(heldOut).names.length;
  if (groups < 2) return { temperature: 1, review_below: params.evaluation.review_below, evidence: null };
  const options: BootstrapOptions = { resamples: params.evaluation.resamples, seed: params.seed };
  const before = measured(heldOut, classes, options);
  const fitted = measured(crossFitted(heldOut), classes, options);
  // One that does not help groups that it has not seen would help nobody.
  const helps = fitted.logLoss < before.logLoss;
  const temperature = helps ? boundedTemperature(heldOut) : 1;
  const served = scaled(heldOut, temperature);
  const error = params.answering.conformal_error;
  const sets = groupConformal(served, classes, error);
  // Sets that promise nothing hold almost every class: they would send every image to review.
  const answering = answeringOf(served, sets?.promised === true ? sets.thresholds : undefined, params);
  const conformal = sets && {
    ...{ error, promised: sets.promised, thresholds: [...sets.thresholds] },
    coverage: conformalCoverage(heldOut, classes, error, { ...options, helps }),
  };
  const evidence: AnsweringEvidence = {
    images: heldOut.length,
    groups,
    before: before.reliability,
    after: (helps ? fitted : before).reliability,
    answering: answering.evidence,
    conformal,
    operating_points: Array.from({ length: classes }, (_, k) =>
      operatingPoint(
        served.map(({ probabilities }) => probabilities[k] ?? 0),
        served.map(({ truth }) => truth === k),
        { by: 'youden' },
      ),
    ),
  };
  return { temperature, review_below: answering.threshold, evidence };
}

/** Held-out predictions, each with the temperature that the other patient groups ask for. */
export function crossFitted(heldOut: readonly Prediction[]): readonly Prediction[] {
  return inGroupFolds(heldOut, (others, own) => scaled(own, boundedTemperature(others)));
}

/** 1 where nothing bounds it: all answers right, or none better than chance. */
function boundedTemperature(cases: readonly Prediction[]): number {
  if (cases.length === 0) return 1;
  const { temperature, atBound } = temperatureFit(cases);
  return atBound ? 1 : temperature;
}

function scaled(cases: readonly Prediction[], temperature: number): readonly Prediction[] {
  return cases.map((each) => ({ ...each, probabilities: withTemperature(each.probabilities, temperature) }));
}

/** Work on each part of the groups with what the other groups say; results in the order of the cases. */
function inGroupFolds<T>(
  cases: readonly Prediction[],
  work: (others: readonly Prediction[], own: readonly Prediction[]) => readonly T[],
): T[] {
  const { names, groupOf } = groupsOf(cases);
  const folds = Math.min(mostFolds, names.length);
  const foldOf = (index: number): number => (groupOf[index] ?? 0) % folds;
  const results: T[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const indices = [...cases.keys()].filter((index) => foldOf(index) === fold);
    const own = indices.flatMap((index) => cases[index] ?? []);
    const done = work(
      cases.filter((_, index) => foldOf(index) !== fold),
      own,
    );
    for (const [at, index] of indices.entries()) {
      const result = done[at];
      if (result !== undefined) results[index] = result;
    }
  }
  return results;
}

function measured(
  cases: readonly Prediction[],
  classes: number,
  options: BootstrapOptions,
): { reliability: Reliability; logLoss: number } {
  const { ece, brier, log_loss } = calibrationEstimates(cases, classes, options);
  const bins = reliabilityBins(casesFrom(cases, classes));
  return { reliability: { ece, brier, bins }, logLoss: log_loss.value ?? 0 };
}

/** Coverage of sets whose thresholds, and the temperature before them, came from other groups. */
function conformalCoverage(
  heldOut: readonly Prediction[],
  classes: number,
  error: number,
  { helps, ...options }: BootstrapOptions & { readonly helps: boolean },
): NonNullable<AnsweringEvidence['conformal']>['coverage'] {
  // A class that the other groups do not show is never excluded.
  const none = Array<number>(classes).fill(0);
  const sets = inGroupFolds(heldOut, (others, own) => {
    const temperature = helps ? boundedTemperature(others) : 1;
    const thresholds = groupConformal(scaled(others, temperature), classes, error)?.thresholds ?? none;
    return scaled(own, temperature).map((each) => {
      const set = conformalSet(each.probabilities, thresholds);
      // In the set or not, so that one threshold reads the sets of all folds.
      return { ...each, probabilities: each.probabilities.map((_, k) => (set.includes(k) ? 1 : 0)) };
    });
  });
  const measured = coverageByGroup(sets, Array<number>(classes).fill(1), options);
  const within = measured.byGroup.filter(({ cases, covered }) => covered >= (1 - error) * cases - 1e-9).length;
  return {
    overall: measured.overall,
    by_class: [...measured.byClass],
    groups_within: within,
    groups: measured.byGroup.length,
    mean_size: measured.meanSetSize,
    single: measured.single,
    empty: measured.empty,
  };
}

/** Images whose set is not exactly one class go to review at any threshold: the curve counts them as not answered. */
function answeringOf(
  served: readonly Prediction[],
  thresholds: readonly number[] | undefined,
  { answering, evaluation }: Rules,
): { threshold: number; evidence: AnsweringEvidence['answering'] } {
  const answerable = served
    .filter(({ probabilities }) => thresholds === undefined || conformalSet(probabilities, thresholds).length === 1)
    .map(({ truth, probabilities }) => ({
      confidence: Math.max(...probabilities),
      right: topClass(probabilities) === truth,
    }));
  const ofAll = answerable.length / served.length;
  const points = coverageCurve(answerable).points;
  const whole = points.map((point) => ({ ...point, coverage: point.coverage * ofAll }));
  const { by } = answering;
  const target = by === 'probability' ? evaluation.review_below : answering.target;
  const { threshold, coverage, accuracy, reached } = pointFor(whole, { by, target });
  const curve = thinnedCoverage(points, curvePoints).map((point) => ({ ...point, coverage: point.coverage * ofAll }));
  return { threshold, evidence: { by, target, reached, coverage, accuracy, curve } };
}
