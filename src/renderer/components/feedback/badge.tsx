import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './feedback.css';

export type Tone = 'neutral' | 'good' | 'caution' | 'bad' | 'accent';

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly title?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = 'neutral', icon: Icon, title, children }: BadgeProps) {
  return (
    <span className={`h-badge h-badge-${tone}`} title={title}>
      {Icon === undefined ? null : <Icon size={12} aria-hidden="true" />}
      <span className="h-cut">{children}</span>
    </span>
  );
}
