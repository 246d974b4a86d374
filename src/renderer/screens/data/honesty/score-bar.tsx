import type { Estimate } from '../../../../pipeline/domain/metrics.ts';
import { classes } from '../../../components/class-names.ts';
import { formatPercent } from '../../../format/numbers.ts';

interface ScoreBarProps {
  readonly estimate: Estimate;
  /** What guessing reaches, drawn as a line. */
  readonly chance: number;
  /** The figure is of folds that leak. */
  readonly leaky: boolean;
}

const share = (value: number): string => `${100 * Math.min(1, Math.max(0, value))}%`;

/** A score of 0..1 as a number and a bar; whiskers are its 95 % interval. */
export function ScoreBar({ estimate: { value, low, high }, chance, leaky }: ScoreBarProps) {
  if (value === null) return <span className="h-faint">not defined</span>;
  const hasInterval = low !== null && high !== null;
  return (
    <div className="h-honest-score">
      <strong className="h-num">{formatPercent(value, 0)}</strong>
      <div className="h-honest-track" aria-hidden="true">
        <div className={classes('h-honest-fill', leaky && 'h-honest-leaky')} style={{ width: share(value) }} />
        {hasInterval ? (
          <div className="h-honest-whisker" style={{ left: share(low), width: share(high - low) }} />
        ) : null}
        <div className="h-honest-chance" style={{ left: share(chance) }} />
      </div>
      <span className="h-num h-soft">
        {hasInterval ? `${formatPercent(low, 0)} to ${formatPercent(high, 0)}` : 'no interval'}
      </span>
    </div>
  );
}
