import { classMetricNames, type Estimate, type Metrics, overallMetricNames } from '../../pipeline/domain/metrics.ts';

/** Figures as they are recorded with a run: `scan/balanced_accuracy`, `slice/Stone/sensitivity`, … */
export function flatMetrics(metrics: Metrics): Record<string, Estimate> {
  const figures: [string, Estimate][] = [];
  for (const level of ['slice', 'scan'] as const) {
    for (const name of overallMetricNames) figures.push([`${level}/${name}`, metrics[level][name]]);
    for (const [label, each] of Object.entries(metrics.per_class)) {
      for (const name of classMetricNames) figures.push([`${level}/${label}/${name}`, each[level][name]]);
    }
  }
  return Object.fromEntries(figures);
}
