import type { Metrics } from '../domain/metrics.ts';
import { notice } from '../domain/outcome.ts';
import { visible } from './markup.ts';
import { metricsView, type TextTable } from './metrics-view.ts';

/** metrics.json for the terminal: scan level first, every figure with its interval, scans of each class beside its figures. */
export function metricsTable(metrics: Metrics): string {
  const view = metricsView(metrics);
  const blocks = [
    [view.basis, ...view.warnings].map(visible).join('\n'),
    ...view.tables.map(aligned),
    `${view.intervals}\n${notice}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function aligned({ caption, columns, rows }: TextTable): string {
  const lines = [columns, ...rows].map((row) => row.map(visible));
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => lengthOf(line[column]))));
  const body = lines.map((line) =>
    `  ${line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - lengthOf(cell))).join('  ')}`.trimEnd(),
  );
  return [visible(caption), ...body].join('\n');
}

function lengthOf(text: string | undefined): number {
  return [...(text ?? '')].length;
}
