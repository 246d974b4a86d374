import type { Estimate } from '../../../pipeline/domain/metrics.ts';
import { formatFigure, formatPercent } from '../../format/numbers.ts';
import './figures.css';

interface EstimateCellProps {
  readonly estimate: Estimate | null;
  /** Ends of the drawn scale. */
  readonly min?: number;
  readonly max?: number;
  readonly digits?: number;
  readonly percent?: boolean;
}

const widthPx = 72;
const heightPx = 11;

/** A figure with its 95 % interval: as text, and as a line with whiskers on a common scale. */
export function EstimateCell({ estimate, min = 0, max = 1, digits = 3, percent = false }: EstimateCellProps) {
  if (estimate === null || estimate.value === null) return <span className="h-faint">–</span>;
  const { value, low, high } = estimate;
  const text = (figure: number): string => (percent ? formatPercent(figure, 1) : formatFigure(figure, digits));
  const hasInterval = low !== null && high !== null;
  return (
    <span className="h-estimate">
      <span className="h-estimate-value">{text(value)}</span>
      {hasInterval ? (
        <Whiskers value={place(value, min, max)} low={place(low, min, max)} high={place(high, min, max)} />
      ) : null}
      <span className="h-estimate-interval">{hasInterval ? `${text(low)} to ${text(high)}` : 'no interval'}</span>
    </span>
  );
}

function place(figure: number, min: number, max: number): number {
  const share = max > min ? (figure - min) / (max - min) : 0;
  // On the middle of a pixel, so that the thin lines are sharp.
  return Math.round(Math.min(1, Math.max(0, share)) * (widthPx - 3)) + 1.5;
}

function Whiskers({ value, low, high }: { readonly value: number; readonly low: number; readonly high: number }) {
  const middle = heightPx / 2;
  return (
    <svg className="h-estimate-line" width={widthPx} height={heightPx} aria-hidden="true">
      <path className="h-estimate-scale" d={`M0 ${middle}H${widthPx}`} />
      <path
        className="h-estimate-whiskers"
        d={`M${low} ${middle}H${high}M${low} 2V${heightPx - 2}M${high} 2V${heightPx - 2}`}
      />
      <circle className="h-estimate-point" cx={value} cy={middle} r={2.5} />
    </svg>
  );
}
