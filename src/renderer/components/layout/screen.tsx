import type { ReactNode } from 'react';
import { classes } from '../class-names.ts';
import './layout.css';

interface ScreenProps {
  readonly title: string;
  /** Beside the title: what is shown right now. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** The body does not scroll: its parts do. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** One screen: heading, actions, body. */
export function Screen({ title, subtitle, actions, fill = false, children }: ScreenProps) {
  return (
    <div className="h-screen">
      <header className="h-screen-head">
        <div className="h-screen-title">
          <h1>{title}</h1>
          {subtitle === undefined ? null : <div className="h-screen-subtitle h-cut">{subtitle}</div>}
        </div>
        {actions === undefined ? null : <div className="h-screen-actions">{actions}</div>}
      </header>
      {fill ? (
        <div className={classes('h-screen-body', 'h-screen-fill')}>{children}</div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="h-screen-body" aria-label={title} tabIndex={0}>
          {children}
        </section>
      )}
    </div>
  );
}
