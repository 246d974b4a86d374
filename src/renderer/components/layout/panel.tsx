import type { ReactNode } from 'react';
import { classes } from '../class-names.ts';
import './layout.css';

interface PanelProps {
  readonly title?: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** Space inside the border; false for tables and pictures. */
  readonly padded?: boolean;
  /** Takes the height that is left; its body scrolls by its own parts. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, subtitle, actions, padded = true, fill = false, children }: PanelProps) {
  const hasHead = title !== undefined || actions !== undefined;
  return (
    <section className={classes('h-panel', fill && 'h-panel-fill')} aria-label={title}>
      {hasHead ? (
        <header className="h-panel-head">
          <div className="h-panel-title">
            {title === undefined ? null : <h2>{title}</h2>}
            {subtitle === undefined ? null : <div className="h-panel-subtitle h-cut">{subtitle}</div>}
          </div>
          {actions === undefined ? null : <div className="h-panel-actions">{actions}</div>}
        </header>
      ) : null}
      <div className={classes('h-panel-body', padded && 'h-panel-padded')}>{children}</div>
    </section>
  );
}
