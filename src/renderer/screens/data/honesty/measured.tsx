import { Badge } from '../../../components/feedback/badge.tsx';
import { formatDateTime } from '../../../format/dates.ts';

interface MeasuredProps {
  /** ISO 8601. */
  readonly at: string;
  readonly stale: boolean;
}

/** When something was measured, and whether the dataset is still the one it was measured on. */
export function Measured({ at, stale }: MeasuredProps) {
  return (
    <span className="h-honest-measured">
      <span className="h-num">{formatDateTime(at)}</span>
      {stale ? (
        <Badge tone="caution" title="Images, classes or groups changed since it was measured.">
          Out of date
        </Badge>
      ) : null}
    </span>
  );
}
