import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { z } from 'zod';
import { useRemembered } from '../../stores/remembered.ts';
import './layout.css';

interface SplitPaneProps {
  /** Under which name its place is remembered. */
  readonly id: string;
  readonly direction?: 'row' | 'column';
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Percent that the first part has at the start. */
  readonly initial?: number;
  /** Smallest percent of each part. */
  readonly minFirst?: number;
  readonly minSecond?: number;
  /** Name of the bar between them. */
  readonly label: string;
}

const percentSchema = z.number().min(0).max(100);

/** Two parts with a bar between them that mouse and arrow keys move. */
export function SplitPane(props: SplitPaneProps) {
  const { id, direction = 'row', first, second, initial = 50, minFirst = 20, minSecond = 20, label } = props;
  const [percent, setPercent] = useRemembered(`split.${id}`, percentSchema, initial);
  const firstId = `${id}-first`;
  return (
    <Group
      className="h-split"
      orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      // The library's own cursors come from a style sheet that it adds; ours stand in layout.css.
      disableCursor
      defaultLayout={{ [firstId]: percent, [`${id}-second`]: 100 - percent }}
      onLayoutChanged={(layout) => {
        const now = layout[firstId];
        if (now !== undefined && Math.abs(now - percent) > 0.1) setPercent(Math.round(now * 10) / 10);
      }}
    >
      <Panel id={firstId} className="h-split-part" minSize={`${minFirst}%`}>
        {first}
      </Panel>
      <Separator className={`h-split-bar h-split-bar-${direction}`} aria-label={label} />
      <Panel id={`${id}-second`} className="h-split-part" minSize={`${minSecond}%`}>
        {second}
      </Panel>
    </Group>
  );
}
