import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { formatCount } from '../../format/numbers.ts';
import { classes } from '../class-names.ts';
import './tabs.css';

export interface Tab<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: ReactNode;
}

interface TabsProps<V extends string> {
  readonly value: V;
  onChange(value: V): void;
  readonly tabs: readonly Tab<V>[];
  /** Name of the row of tabs. */
  readonly label: string;
  /** At the end of the row. */
  readonly actions?: ReactNode;
  /** The content fills the height and scrolls by itself. */
  readonly fill?: boolean;
}

export function Tabs<V extends string>({ value, onChange, tabs, label, actions, fill = false }: TabsProps<V>) {
  const take = (chosen: string): void => {
    const tab = tabs.find((each) => each.value === chosen);
    if (tab !== undefined) onChange(tab.value);
  };
  return (
    <Radix.Root className={classes('h-tabs', fill && 'h-tabs-fill')} value={value} onValueChange={take}>
      <div className="h-tabs-row">
        <Radix.List className="h-tabs-list" aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.value} className="h-tab" value={tab.value}>
              {tab.label}
              {tab.count === undefined ? null : <span className="h-tab-count">{formatCount(tab.count)}</span>}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} className="h-tab-content" value={tab.value}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
