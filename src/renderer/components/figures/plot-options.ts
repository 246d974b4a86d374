import type uPlot from 'uplot';
import { formatFigure } from '../../format/numbers.ts';
import type { CurveSeries } from './align-series.ts';
import { curveLook } from './curve-look.ts';

export interface PlotLabels {
  readonly xLabel: string;
  readonly yLabel: string;
  /** Ends of the vertical scale; null: as far as the values reach. */
  readonly yRange: readonly [number | null, number | null];
  readonly wholeX: boolean;
}

const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** Everything about the drawing but its data. `token` reads a colour of the theme. */
export function plotOptions(
  series: readonly CurveSeries[],
  labels: PlotLabels,
  size: { readonly width: number; readonly height: number },
  token: (name: string) => string,
  onIndex: (index: number | null) => void,
): uPlot.Options {
  const font = `12px ${token('--font')}`;
  const axis = { stroke: token('--text-soft'), font, labelFont: font, labelSize: 18, labelGap: 2 };
  const lines = { grid: { stroke: token('--line'), width: 1 }, ticks: { stroke: token('--line'), width: 1, size: 4 } };
  return {
    ...size,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: false, range: (_, min, max) => rangeOfX(min, max) },
      y: { range: (_, min, max) => rangeOfY(min, max, labels.yRange) },
    },
    axes: [
      {
        ...axis,
        ...lines,
        grid: { show: false },
        label: labels.xLabel,
        size: 26,
        ...(labels.wholeX ? { incrs: wholeSteps } : {}),
      },
      {
        ...axis,
        ...lines,
        label: labels.yLabel,
        size: (_, texts) => roomFor(texts),
        space: 22,
        values: (_, splits) => splits.map(tickText),
      },
    ],
    series: [{}, ...series.map((each, index) => lineOf(each, index, token))],
    hooks: { setCursor: [(plot) => onIndex(plot.cursor.idx ?? null)] },
  };
}

function lineOf(series: CurveSeries, index: number, token: (name: string) => string): uPlot.Series {
  const { color, dash } = curveLook(series, index);
  const points = series.x.length < 2 ? { show: true, size: 6 } : { show: false };
  return { label: series.label, stroke: token(color), width: 1.5, dash: [...dash], spanGaps: true, points };
}

/** One epoch alone still has a scale. */
function rangeOfX(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 1];
  return min === max ? [min - 1, max + 1] : [min, max];
}

function rangeOfY(min: number | null, max: number | null, [low, high]: PlotLabels['yRange']): [number, number] {
  const from = min ?? 0;
  const to = max ?? 1;
  const margin = (to - from) * 0.06 || Math.abs(to) * 0.1 || 0.5;
  return [low ?? from - margin, high ?? to + margin];
}

/** Pixels beside the plot that the longest tick needs. */
function roomFor(texts: readonly string[] | null): number {
  return Math.max(44, 16 + 7 * Math.max(0, ...(texts ?? []).map((text) => text.length)));
}

function tickText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && size < 0.001 ? formatFigure(value, 3) : String(Number(value.toPrecision(6)));
}
