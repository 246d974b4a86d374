import type { Estimate } from '../../../pipeline/domain/metrics.ts';
import type { RunMetric } from '../../records/run-metrics.ts';
import { directionOf, figureTitle } from '../figures.ts';
import type { TableColumn } from './column.ts';

export type FigureOfRuns = Map<string, Estimate>;

export function figuresByRun(metrics: readonly RunMetric[]): FigureOfRuns {
  return new Map(metrics.map(({ run, value, low, high }) => [run, { value, low, high }]));
}

/**
 * A column of a figure as evaluated.
 * @param load reads the figure of every run; called when the first cell is asked for
 */
export function figureColumn(name: string, load: () => FigureOfRuns): TableColumn {
  return {
    key: name,
    title: figureTitle(name),
    kind: 'number',
    better: directionOf(name),
    cell: ({ run }) => load().get(run.id) ?? null,
  };
}
