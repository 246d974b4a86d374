import type { RocCurve } from '../domain/metrics.ts';
import { formatFigure, notDefined, shortened } from './format.ts';
import { markup } from './markup.ts';
import { axes, diagonal, legendLine, lineStyle, type Panel, polyline, svgDocument } from './svg.ts';

const panel: Panel = { left: 76, top: 50, width: 400, height: 400, x: [0, 1], y: [0, 1] };
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
const lineHeight = 22;

/** One-vs-rest ROC curves in one panel, each named with its area. */
export function rocSvg(curves: readonly RocCurve[], title = 'ROC curves, one class against the rest'): string {
  const legendTop = panel.top + panel.height + 66;
  const named = curves.map(({ label, auc }) => ({
    full: label,
    text: `${shortened(label, 32)}: AUC ${auc === null ? notDefined : formatFigure(auc)}`,
  }));
  return svgDocument(
    {
      width: panel.left + panel.width + 34,
      height: legendTop + lineHeight * (curves.length + 1),
      title,
      description: `Area under the curve of each class. ${curves
        .map(({ label, auc }) => `${label}: ${auc === null ? notDefined : formatFigure(auc)}.`)
        .join(' ')}`,
    },
    markup`${axes(panel, { xTicks: ticks, yTicks: ticks, xLabel: 'False positive rate (1 - specificity)', yLabel: 'True positive rate (sensitivity)' })}${diagonal(panel)}${curves.map(
      ({ points }, i) =>
        polyline(
          panel,
          points.map((point) => [point.falsePositiveRate, point.truePositiveRate]),
          lineStyle(i),
        ),
    )}${named.map(({ text, full }, i) => legendLine(panel.left, legendTop + i * lineHeight, i, text, full))}<text x="${panel.left}" y="${legendTop + curves.length * lineHeight}" font-size="12">Dashed diagonal: chance</text>`,
  );
}
