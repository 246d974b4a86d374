import type { ReportedRun } from '../domain/runs-report.ts';
import { counted, formatFigure, shortened } from './format.ts';
import { type Markup, markup } from './markup.ts';
import { axes, legendLine, lineStyle, niceTicks, type Panel, polyline, svgDocument } from './svg.ts';

type Epoch = ReportedRun['epochs'][number];

/** A run and what it is called in the picture. */
export interface OverlaidRun {
  readonly label: string;
  readonly epochs: readonly Epoch[];
}

/** The figures that are drawn, each in a panel of its own: training and validation never share one. */
const figures = [
  { key: 'loss', title: 'Training loss', isShare: false },
  { key: 'validation_loss', title: 'Validation loss', isShare: false },
  { key: 'balanced_accuracy', title: 'Training balanced accuracy', isShare: true },
  { key: 'validation_balanced_accuracy', title: 'Validation balanced accuracy', isShare: true },
] as const satisfies readonly { key: keyof Epoch; title: string; isShare: boolean }[];

const panelWidth = 330;
const panelHeight = 220;
const left = 76;
const top = 56;
const across = panelWidth + 96;
const down = panelHeight + 76;
const legendHeight = 22;

/** Curves of several runs over each other, aligned by epoch. */
export function overlaidCurvesSvg(runs: readonly OverlaidRun[], title = 'Learning curves'): string {
  const last = Math.max(2, ...runs.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)));
  const panels = figures.map((figure, index) => panelOf(runs, figure, index, last));
  const legendTop = top + 2 * down + 4;
  const legend = runs.map(({ label }, index) =>
    legendLine(
      left + (index % 2) * across,
      legendTop + Math.floor(index / 2) * legendHeight,
      index,
      shortened(label, 44),
      label,
    ),
  );
  return svgDocument(
    {
      width: left + 2 * across - 66,
      height: legendTop + Math.ceil(runs.length / 2) * legendHeight + 10,
      title,
      description: runs.map(inWords).join(' '),
    },
    markup`${panels}${legend}`,
  );
}

function panelOf(runs: readonly OverlaidRun[], figure: (typeof figures)[number], index: number, last: number): Markup {
  const curves = runs.map(({ epochs }) => pointsOf(epochs, figure.key));
  const highest = Math.max(1e-6, ...curves.flatMap((points) => points.map(([, y]) => y)));
  const yTicks = figure.isShare ? [0, 0.2, 0.4, 0.6, 0.8, 1] : niceTicks(highest);
  const panel: Panel = {
    left: left + (index % 2) * across,
    top: top + Math.floor(index / 2) * down,
    width: panelWidth,
    height: panelHeight,
    x: [1, last],
    y: [0, yTicks.at(-1) ?? 1],
  };
  const xTicks = [...new Set([1, Math.round((1 + last) / 2), last])];
  return markup`${axes(panel, { xTicks, yTicks, xLabel: 'Epoch', yLabel: figure.title })}${curves.map((points, run) =>
    polyline(panel, points, lineStyle(run)),
  )}`;
}

/** Epochs without the figure, or in which it is not finite, are left out. */
function pointsOf(epochs: readonly Epoch[], key: keyof Epoch): (readonly [number, number])[] {
  return epochs.flatMap((each) => {
    const value = each[key];
    return value === null || !Number.isFinite(value) ? [] : [[each.epoch, value] as const];
  });
}

function inWords({ label, epochs }: OverlaidRun): string {
  const last = epochs.at(-1);
  if (last === undefined) return `${label}: no epoch was trained.`;
  const { validation_loss: validation, loss } = last;
  const end = validation === null ? '' : `, validation loss ${formatFigure(validation)}`;
  return `${label}: ${counted(epochs.length, 'epoch')}, at the end training loss ${loss === null ? 'not known' : formatFigure(loss)}${end}.`;
}
