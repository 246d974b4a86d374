import { classes } from '../class-names.ts';
import './feedback.css';

interface ProgressBarProps {
  /** 0..1; null where the end is not known. */
  readonly fraction: number | null;
  /** What goes on: name of the bar. */
  readonly label: string;
  /** In words beside it: `312 of 900`. */
  readonly text?: string;
  /** A thin bar without text. */
  readonly compact?: boolean;
}

export function ProgressBar({ fraction, label, text, compact = false }: ProgressBarProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  const words = text ?? (percent === null ? '' : `${percent} %`);
  return (
    <div className={classes('h-progress', compact && 'h-progress-compact')}>
      <div
        className="h-progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={words === '' ? undefined : words}
      >
        <div
          className={classes('h-progress-fill', percent === null && 'h-progress-unknown')}
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </div>
      {compact || words === '' ? null : <span className="h-progress-text">{words}</span>}
    </div>
  );
}
