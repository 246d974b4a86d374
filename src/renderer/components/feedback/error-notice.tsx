import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { toApiError } from '../../transport/api-error.ts';
import { classes } from '../class-names.ts';
import { Button } from '../controls/button.tsx';
import './feedback.css';

interface ErrorNoticeProps {
  readonly error: unknown;
  onRetry?(): void;
  /** What could not be done. */
  readonly title?: string;
  readonly compact?: boolean;
  /** Other next steps. */
  readonly actions?: ReactNode;
}

/** The core's sentence, its code in small, and what one can do. */
export function ErrorNotice({ error, onRetry, title, compact = false, actions }: ErrorNoticeProps) {
  const { sentence, code } = toApiError(error);
  return (
    <div className={classes('h-error', compact && 'h-error-compact')} role="alert">
      <CircleAlert size={compact ? 15 : 18} aria-hidden="true" />
      <div className="h-error-text">
        {title === undefined ? null : <strong>{title}</strong>}
        <p className="h-wrap">{sentence}</p>
        <p className="h-error-code">{code}</p>
        {onRetry === undefined && actions === undefined ? null : (
          <div className="h-error-actions">
            {onRetry === undefined ? null : (
              <Button icon={RotateCw} onClick={onRetry}>
                Try again
              </Button>
            )}
            {actions}
          </div>
        )}
      </div>
    </div>
  );
}
