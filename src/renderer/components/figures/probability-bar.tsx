import { formatPercent } from '../../format/numbers.ts';
import './figures.css';

interface ProbabilityBarProps {
  /** 0..1. */
  readonly value: number | null;
  /** Pixels of the bar. */
  readonly width?: number;
}

export function ProbabilityBar({ value, width = 48 }: ProbabilityBarProps) {
  return (
    <span className="h-probability">
      <span className="h-probability-text">{formatPercent(value)}</span>
      <span className="h-probability-track" style={{ width }} aria-hidden="true">
        {value === null ? null : <span className="h-probability-fill" style={{ width: `${value * 100}%` }} />}
      </span>
    </span>
  );
}
