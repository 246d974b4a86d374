import type { ReactNode } from 'react';
import './layout.css';

interface ToolbarProps {
  readonly label: string;
  readonly children: ReactNode;
  /** At the far end. */
  readonly end?: ReactNode;
}

/** Controls in a row; each is a tab stop of its own. */
export function Toolbar({ label, children, end }: ToolbarProps) {
  return (
    <fieldset className="h-toolbar" aria-label={label}>
      <div className="h-toolbar-main">{children}</div>
      {end === undefined ? null : <div className="h-toolbar-end">{end}</div>}
    </fieldset>
  );
}
