import type { ReactNode } from 'react';
import { classes } from '../class-names.ts';
import './layout.css';

interface StackProps {
  /** Steps of the spacing scale: 4, 8, 16, 24 px. */
  readonly gap?: 1 | 2 | 3 | 4;
  readonly row?: boolean;
  readonly wrap?: boolean;
  readonly align?: 'start' | 'center' | 'end' | 'baseline' | 'stretch';
  /** Takes the space that is left. */
  readonly grow?: boolean;
  readonly children: ReactNode;
}

/** Things one below or beside another with even gaps. */
export function Stack({ gap = 2, row = false, wrap = false, align, grow = false, children }: StackProps) {
  const look = classes(
    'h-stack',
    `h-stack-${gap}`,
    row && 'h-stack-row',
    wrap && 'h-stack-wrap',
    grow && 'h-stack-grow',
    align !== undefined && `h-stack-${align}`,
  );
  return <div className={look}>{children}</div>;
}
