import type { ReactNode } from 'react';
import { formatCount } from '../../../format/numbers.ts';

interface FilterToggleProps {
  readonly pressed: boolean;
  readonly count: number;
  onPress(): void;
  readonly children: ReactNode;
}

/** A count that filters when it is pressed. */
export function FilterToggle({ pressed, count, onPress, children }: FilterToggleProps) {
  return (
    <button type="button" className="h-classify-toggle" aria-pressed={pressed} onClick={onPress}>
      {children}
      <span className="h-num">{formatCount(count)}</span>
    </button>
  );
}
