import type { ReactNode } from 'react';
import './figures.css';

export interface KeyValue {
  readonly name: string;
  readonly value: ReactNode;
  readonly help?: string;
}

interface KeyValuesProps {
  readonly items: readonly KeyValue[];
  readonly columns?: 1 | 2 | 3;
}

/** Names and values, aligned. */
export function KeyValues({ items, columns = 1 }: KeyValuesProps) {
  return (
    <dl className={`h-facts h-facts-${columns}`}>
      {items.map(({ name, value, help }) => (
        <div key={name} className="h-fact">
          <dt>{name}</dt>
          <dd>
            {value}
            {help === undefined ? null : <span className="h-fact-help">{help}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
