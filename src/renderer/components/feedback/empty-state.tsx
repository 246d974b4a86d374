import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './feedback.css';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
}

/** Nothing is here yet: why, and what to do about it. */
export function EmptyState({ icon: Icon, title, text, actions }: EmptyStateProps) {
  return (
    <div className="h-empty">
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <h2 className="h-empty-title">{title}</h2>
      {text === undefined ? null : <div className="h-empty-text">{text}</div>}
      {actions === undefined ? null : <div className="h-empty-actions">{actions}</div>}
    </div>
  );
}
