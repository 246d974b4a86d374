import { formatFigure } from '../../../../format/numbers.ts';
import './unit-plot.css';

/** x and y, both 0..1. */
export type UnitPoint = readonly [number, number];

export interface UnitLine {
  readonly id: string;
  readonly label: string;
  readonly points: readonly UnitPoint[];
  /** CSS colour. */
  readonly color: string;
  readonly dashed?: boolean;
  /** Points are drawn too: where they are few and far between. */
  readonly dots?: boolean;
  /** Beside the name in the legend. */
  readonly figure?: string;
}

export interface UnitMark {
  readonly id: string;
  readonly at: UnitPoint;
  readonly color: string;
  readonly label: string;
}

interface UnitPlotProps {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly UnitLine[];
  readonly marks?: readonly UnitMark[];
  /** A line from (0, 0) to (1, 1), for what guessing, or perfect calibration, would give. */
  readonly diagonal?: boolean;
}

/** Pixels of the square, and of the room for its labels. */
const side = 220;
const left = 50;
const bottom = 34;
const top = 8;
const ticks = [0, 0.25, 0.5, 0.75, 1];

const px = (x: number): number => left + x * side;
const py = (y: number): number => top + (1 - y) * side;

/** Lines and points over the unit square, with a legend as text. */
export function UnitPlot({ title, xLabel, yLabel, lines, marks = [], diagonal = false }: UnitPlotProps) {
  return (
    <figure className="h-unit" aria-label={title}>
      <svg viewBox={`0 0 ${left + side + 12} ${top + side + bottom}`} aria-hidden="true">
        {ticks.map((tick) => (
          <Tick key={tick} at={tick} />
        ))}
        {diagonal ? <path className="h-unit-diagonal" d={`M${px(0)} ${py(0)}L${px(1)} ${py(1)}`} /> : null}
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
        {marks.map(({ id, at: [x, y], color }) => (
          <circle key={id} className="h-unit-mark" cx={px(x)} cy={py(y)} r={5} style={{ stroke: color }} />
        ))}
        <text className="h-unit-label" x={px(0.5)} y={top + side + bottom - 2} textAnchor="middle">
          {xLabel}
        </text>
        <text className="h-unit-label" transform={`translate(10 ${py(0.5)}) rotate(-90)`} textAnchor="middle">
          {yLabel}
        </text>
      </svg>
      <figcaption>
        <ul>
          {lines.map(({ id, label, color, dashed, figure }) => (
            <li key={id}>
              <svg width={18} height={8} aria-hidden="true">
                <path d="M0 4H18" strokeWidth={2} strokeDasharray={dashed ? '4 3' : ''} style={{ stroke: color }} />
              </svg>
              <span className="h-cut">{label}</span>
              {figure === undefined ? null : <span className="h-num h-soft">{figure}</span>}
            </li>
          ))}
          {marks.map(({ id, label, color, at: [x, y] }) => (
            <li key={id}>
              <svg width={18} height={12} aria-hidden="true">
                <circle className="h-unit-mark" cx={9} cy={6} r={4} style={{ stroke: color }} />
              </svg>
              <span>{label}</span>
              <span className="h-sr">{`${xLabel} ${formatFigure(x)}, ${yLabel} ${formatFigure(y)}`}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function Tick({ at }: { readonly at: number }) {
  return (
    <>
      <path className="h-unit-grid" d={`M${px(at)} ${py(0)}V${py(1)}M${px(0)} ${py(at)}H${px(1)}`} />
      <text className="h-unit-tick" x={px(at)} y={py(0) + 14} textAnchor="middle">
        {at}
      </text>
      <text className="h-unit-tick" x={px(0) - 5} y={py(at) + 4} textAnchor="end">
        {at}
      </text>
    </>
  );
}

function Line({ line: { points, color, dashed, dots } }: { readonly line: UnitLine }) {
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join('');
  return (
    <>
      <path className="h-unit-line" d={path} strokeDasharray={dashed ? '4 3' : ''} style={{ stroke: color }} />
      {dots ? points.map(([x, y]) => <circle key={x} cx={px(x)} cy={py(y)} r={2.5} style={{ fill: color }} />) : null}
    </>
  );
}
