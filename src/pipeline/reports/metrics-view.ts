import {
  classMetricInfo,
  classMetricNames,
  type Metrics,
  overallMetricInfo,
  overallMetricNames,
} from '../domain/metrics.ts';
import { testSetText } from '../domain/test-set.ts';
import { counted, formatCount, formatEstimate } from './format.ts';

/** A table as text, ready for the terminal or for HTML. */
export interface TextTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

export interface MetricsView {
  /** What the figures were measured on. */
  readonly basis: string;
  /** What a reader must know before believing them; empty when there is nothing. */
  readonly warnings: readonly string[];
  /** Scan level first: a patient has scans, not slices. */
  readonly tables: readonly TextTable[];
  readonly intervals: string;
}

/** metrics.json in the order in which it should be read. */
export function metricsView(metrics: Metrics): MetricsView {
  const { images, scans, groups } = metrics.counts;
  const measured = `${counted(scans, 'scan')} of ${counted(groups, 'patient group')} (${counted(images, 'image')})`;
  const opened = metrics.test_set === undefined ? '' : ` ${testSetText(metrics.test_set)}`;
  return {
    basis: `Part: ${metrics.part}, ${metrics.protocol === 'holdout' ? 'held out' : 'cross-validated'}. ${measured}.${opened}`,
    warnings: warningsOf(metrics),
    tables: [
      overallTable(metrics, 'scan', `Scan level, ${counted(scans, 'scan')}`),
      classTable(metrics, 'scan', 'Each class, scan level'),
      overallTable(metrics, 'slice', `Slice level, ${counted(images, 'image')}`),
      classTable(metrics, 'slice', 'Each class, slice level'),
    ],
    intervals: `In brackets: 95 % bootstrap interval over patient groups, ${formatCount(metrics.resamples)} resamples.`,
  };
}

function warningsOf(metrics: Metrics): string[] {
  const warnings: string[] = [];
  if (metrics.honesty === 'leaky') {
    warnings.push(
      'LEAKY: images of one patient group stand on both sides of the split. The figures measure memory, not skill.',
    );
  }
  if (metrics.protocol === 'cross-validated') {
    warnings.push(
      'Cross-validated: the figures are of the procedure, each fold its own model, not of one sealed model.',
    );
  }
  if (Object.values(metrics.scan).some(({ low, high }) => low !== null && low === high)) {
    const hidden = 1 - 0.05 ** (1 / metrics.counts.groups);
    warnings.push(
      `An interval without width is no certainty: with ${counted(metrics.counts.groups, 'patient group')} and no error seen, up to ${Math.round(hidden * 100)} % of new patients may still be answered wrongly.`,
    );
  }
  const thin = Object.entries(metrics.per_class).filter(([, each]) => each.groups < 2);
  for (const [name, each] of thin) {
    warnings.push(
      `Class "${name}" rests on ${counted(each.groups, 'patient group')}: its figures say next to nothing.`,
    );
  }
  return warnings;
}

function overallTable(metrics: Metrics, level: 'scan' | 'slice', caption: string): TextTable {
  return {
    caption,
    columns: ['Metric', 'Figure', 'Better'],
    rows: overallMetricNames.map((name) => {
      const { title, higherIsBetter } = overallMetricInfo[name];
      return [title, formatEstimate(metrics[level][name]), higherIsBetter ? 'higher' : 'lower'];
    }),
  };
}

function classTable(metrics: Metrics, level: 'scan' | 'slice', caption: string): TextTable {
  return {
    caption,
    columns: ['Class', 'Scans', 'Groups', 'Images', ...classMetricNames.map((name) => classMetricInfo[name].title)],
    rows: Object.entries(metrics.per_class).map(([className, each]) => [
      className,
      formatCount(each.scans),
      formatCount(each.groups),
      formatCount(each.images),
      ...classMetricNames.map((name) => formatEstimate(each[level][name])),
    ]),
  };
}
