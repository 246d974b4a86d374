import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { formatCount } from '../../format/numbers.ts';
import './choice.css';

export interface Segment<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly count?: number;
}

interface SegmentedProps<V extends string> {
  readonly value: V;
  onChange(value: V): void;
  readonly options: readonly Segment<V>[];
  readonly label: string;
}

/** One of a few, all in sight; arrow keys move. */
export function Segmented<V extends string>({ value, onChange, options, label }: SegmentedProps<V>) {
  const name = useId();
  return (
    <div className="h-segmented" role="radiogroup" aria-label={label}>
      {options.map(({ value: each, label: text, icon: Icon, count }) => (
        <label key={each} className="h-segment">
          <input className="h-sr" type="radio" name={name} checked={each === value} onChange={() => onChange(each)} />
          <span className="h-segment-face">
            {Icon === undefined ? null : <Icon size={14} aria-hidden="true" />}
            {text}
            {count === undefined ? null : <span className="h-segment-count">{formatCount(count)}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
