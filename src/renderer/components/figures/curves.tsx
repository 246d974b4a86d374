import { useMemo, useRef, useState } from 'react';
import { formatFigure } from '../../format/numbers.ts';
import { type AlignedSeries, alignSeries, type CurveSeries, lastPoint } from './align-series.ts';
import { curveLook } from './curve-look.ts';
import { CurveTable } from './curve-table.tsx';
import type { PlotLabels } from './plot-options.ts';
import { usePlot } from './use-plot.ts';
import 'uplot/dist/uPlot.min.css';
import './curves.css';

export type { CurveSeries } from './align-series.ts';

interface CurvesProps {
  /** What is drawn: name of the figure. */
  readonly title: string;
  /** At most 20. */
  readonly series: readonly CurveSeries[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** Pixels. */
  readonly height?: number;
  readonly yRange?: readonly [number | null, number | null];
  /** Told of the x below the pointer. */
  onHover?(x: number | null): void;
}

const freeRange = [null, null] as const;

/** Curves over a common x, with a legend as text and the figures as a table. */
export function Curves({ title, series, xLabel, yLabel, height = 220, yRange = freeRange, onHover }: CurvesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const aligned = useMemo(() => alignSeries(series), [series]);
  const [index, setIndex] = useState<number | null>(null);
  const labels: PlotLabels = { xLabel, yLabel, yRange, wholeX: aligned.x.every(Number.isInteger) };
  usePlot(frame, {
    ...{ series, aligned, labels, height },
    onIndex: (next) => {
      setIndex(next);
      onHover?.(next === null ? null : (aligned.x[next] ?? null));
    },
  });
  return (
    <figure className="h-curves" aria-label={title}>
      <div ref={frame} className="h-curves-plot" style={{ height }} aria-hidden="true" />
      <Legend series={series} aligned={aligned} index={index} xLabel={xLabel} />
      <CurveTable title={title} series={series} aligned={aligned} xLabel={xLabel} />
    </figure>
  );
}

interface LegendProps {
  readonly series: readonly CurveSeries[];
  readonly aligned: AlignedSeries;
  /** Place below the pointer; null: the newest values are shown. */
  readonly index: number | null;
  readonly xLabel: string;
}

function Legend({ series, aligned, index, xLabel }: LegendProps) {
  const x = index === null ? undefined : aligned.x[index];
  return (
    <figcaption className="h-curves-legend">
      <ul>
        {series.map((each, at) => (
          <li key={each.id} className="h-curves-entry">
            <Line series={each} index={at} />
            <span className="h-cut">{each.label}</span>
            <span className="h-num h-soft">
              {formatFigure(x === undefined || index === null ? lastPoint(each)?.y : aligned.ys[at]?.[index])}
            </span>
          </li>
        ))}
      </ul>
      <span className="h-faint h-num">{x === undefined ? 'newest values' : `at ${xLabel.toLowerCase()} ${x}`}</span>
    </figcaption>
  );
}

function Line({ series, index }: { readonly series: CurveSeries; readonly index: number }) {
  const { color, dash } = curveLook(series, index);
  return (
    <svg className="h-curves-line" width={22} height={8} aria-hidden="true">
      <path d="M0 4H22" strokeWidth={2} strokeDasharray={dash.join(' ')} style={{ stroke: `var(${color})` }} />
    </svg>
  );
}
