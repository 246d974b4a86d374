import { HilumError } from '../domain/errors.ts';
import {
  classMetricNames,
  type Estimate,
  type Metrics,
  metricsSchema,
  overallMetricNames,
  type Prediction,
} from '../domain/metrics.ts';
import { notice } from '../domain/outcome.ts';
import { bootstrap, type Statistic } from './bootstrap.ts';
import { coverageCurve, thinnedCoverage } from './coverage.ts';
import type { BootstrapOptions } from './draws.ts';
import { type Groups, groupsOf } from './groups.ts';
import { byText } from './order.ts';
import { casesFrom, sampleOf } from './sample.ts';
import { type GroupedCase, scanCases } from './scan-cases.ts';
import type { ScanVoteRule } from './scan-vote.ts';
import { classMetrics, overallMetrics } from './table.ts';
import type { ClassMetric } from './types.ts';

/** Points of a coverage curve in metrics.json: one each 5 %. */
const coverageSteps = 20;

export interface MetricsOptions extends BootstrapOptions {
  readonly part: Metrics['part'];
  readonly honesty: Metrics['honesty'];
  readonly protocol: Metrics['protocol'];
  readonly scanVote: ScanVoteRule;
}

/**
 * Everything that metrics.json says, from stored predictions. The order of the predictions does not matter.
 * @param classes names in the order of the probabilities
 * @throws HilumError `model/not-finite` when a probability is not a finite number: such a row never becomes a class
 */
export function computeMetrics(
  predictions: readonly Prediction[],
  classes: readonly string[],
  options: MetricsOptions,
): Metrics {
  requireFinite(predictions);
  const slices = predictions.toSorted((a, b) => byText(a.image, b.image));
  const scans = scanCases(slices, options.scanVote);
  const groups = groupsOf(slices);
  const slice = evaluateLevel(slices, groups, classes.length, options);
  const scan = evaluateLevel(scans, groups, classes.length, options);
  const ofClass = (items: readonly GroupedCase[], k: number) => items.filter((item) => item.truth === k);
  return metricsSchema.parse({
    part: options.part,
    honesty: options.honesty,
    protocol: options.protocol,
    slice: slice.overall,
    scan: scan.overall,
    per_class: Object.fromEntries(
      classes.map((name, k) => [
        name,
        {
          slice: slice.perClass(k),
          scan: scan.perClass(k),
          images: ofClass(slices, k).length,
          scans: ofClass(scans, k).length,
          groups: new Set(ofClass(slices, k).map((item) => item.group)).size,
        },
      ]),
    ),
    confusion: { labels: [...classes], matrix: slice.matrix },
    scan_confusion: { labels: [...classes], matrix: scan.matrix },
    coverage: { slice: slice.coverage, scan: scan.coverage },
    counts: { images: slices.length, scans: scans.length, groups: groups.names.length },
    resamples: options.resamples,
    notice,
  } satisfies Record<Exclude<keyof Metrics, 'test_set'>, unknown>);
}

/** Figures of one level, over all classes and for each, in one pass over the resamples. */
function evaluateLevel(items: readonly GroupedCase[], { names }: Groups, classes: number, options: BootstrapOptions) {
  const cases = casesFrom(items, classes);
  const index = new Map(names.map((name, i) => [name, i]));
  const groupOf = Int32Array.from(items, (item) => index.get(item.group) ?? 0);
  const statistics: Statistic[] = overallMetricNames.map((name) => ({
    value: overallMetrics[name].value,
    hasInterval: true,
  }));
  for (let k = 0; k < classes; k++) {
    for (const name of classMetricNames) {
      const metric = classMetrics[name];
      statistics.push({
        value: (sample) => metric.value(sample, k),
        hasInterval: restsOnTwoGroups(metric, items, k),
      });
    }
  }
  const estimates = bootstrap(cases, groupOf, names.length, statistics, options);
  const at = (index: number): Estimate => estimates[index] ?? { value: null, low: null, high: null };
  const { confusion } = sampleOf(cases);
  const curve = coverageCurve(
    Array.from(cases.confidence, (confidence, i) => ({ confidence, right: cases.truth[i] === cases.predicted[i] })),
  );
  return {
    overall: Object.fromEntries(overallMetricNames.map((name, i) => [name, at(i)])),
    perClass: (k: number) =>
      Object.fromEntries(
        classMetricNames.map((name, i) => [name, at(overallMetricNames.length + k * classMetricNames.length + i)]),
      ),
    coverage: { points: thinnedCoverage(curve.points, coverageSteps), aurc: curve.aurc },
    matrix: Array.from({ length: classes }, (_, row) => [...confusion.subarray(row * classes, (row + 1) * classes)]),
  };
}

/** One patient drawn again and again gives an interval of width 0, which would look like certainty. */
function restsOnTwoGroups(metric: ClassMetric, items: readonly GroupedCase[], classIndex: number): boolean {
  const groupsOf = (isClass: boolean) =>
    new Set(items.filter((item) => (item.truth === classIndex) === isClass).map((item) => item.group)).size;
  return (
    (metric.restsOn === 'negatives' || groupsOf(true) >= 2) && (metric.restsOn === 'positives' || groupsOf(false) >= 2)
  );
}

function requireFinite(predictions: readonly Prediction[]): void {
  const broken = predictions.filter((item) => !item.probabilities.every(Number.isFinite)).length;
  if (broken > 0) throw new HilumError('model/not-finite', { what: `The output for ${broken} image(s)` });
}
