import type { ReliabilityBin } from '../domain/metrics.ts';
import { formatCount, formatFigure } from './format.ts';
import { type Markup, markup } from './markup.ts';
import { axes, diagonal, lineStyle, type Panel, place, svgDocument, tenth } from './svg.ts';

const panel: Panel = { left: 76, top: 50, width: 440, height: 360, x: [0, 1], y: [0, 1] };
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Reliability diagram: share of right answers over the probability given, with the cases of each bin in words and size. */
export function reliabilitySvg(bins: readonly ReliabilityBin[], title = 'Reliability of the probabilities'): string {
  const filled = bins.filter((bin) => bin.count > 0);
  const most = Math.max(1, ...filled.map((bin) => bin.count));
  const legend = panel.top + panel.height + 64;
  return svgDocument(
    {
      width: panel.left + panel.width + 34,
      height: legend + 40,
      title,
      description: `Share of right answers by probability of the answer. ${filled.map(inWords).join(' ')}`,
    },
    markup`${axes(panel, { xTicks: ticks, yTicks: ticks, xLabel: 'Probability of the predicted class', yLabel: 'Share of right answers' })}${filled.map((bin) => bar(bin))}${diagonal(panel)}${filled.map((bin) => dot(bin, most))}<text x="${panel.left}" y="${legend}" font-size="12">Bar: share right in the bin. Dot: at its mean probability, larger for more cases.</text>
<text x="${panel.left}" y="${legend + 18}" font-size="12">Dashed diagonal: probabilities that keep their word. ${formatCount(total(filled))} cases.</text>`,
  );
}

function bar(bin: ReliabilityBin): Markup {
  const [x0, y0] = place(panel, bin.low, bin.accuracy ?? 0);
  const [x1, y1] = place(panel, bin.high, 0);
  return markup`<g><title>${inWords(bin)}</title><rect x="${x0}" y="${y0}" width="${tenth(x1 - x0)}" height="${tenth(y1 - y0)}" fill="#cfe3f1" stroke="${lineStyle(0).color}"/></g>
`;
}

function dot(bin: ReliabilityBin, most: number): Markup {
  const [x, y] = place(panel, bin.confidence ?? 0, bin.accuracy ?? 0);
  return markup`<circle cx="${x}" cy="${y}" r="${tenth(2.5 + 4.5 * Math.sqrt(bin.count / most))}" fill="${lineStyle(1).color}" stroke="#ffffff"/>
`;
}

function inWords({ low, high, count, accuracy }: ReliabilityBin): string {
  return `${formatFigure(low)} to ${formatFigure(high)}: ${formatFigure(accuracy ?? 0)} right of ${formatCount(count)}.`;
}

function total(bins: readonly ReliabilityBin[]): number {
  return bins.reduce((sum, bin) => sum + bin.count, 0);
}
