import type { LucideIcon } from 'lucide-react';
import type { Tone } from '../feedback/badge.tsx';
import './figures.css';

interface StatusProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly text: string;
}

/** A state by icon and word; quiet enough to stand in every row of a table. */
export function Status({ tone, icon: Icon, text }: StatusProps) {
  return (
    <span className={`h-status h-status-${tone}`}>
      <Icon size={14} aria-hidden="true" />
      {text}
    </span>
  );
}
