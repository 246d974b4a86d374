import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle } from 'lucide-react';
import type { Outcome } from '../../../pipeline/domain/outcome.ts';
import { Status } from './status.tsx';

const looks = {
  running: { tone: 'accent', icon: LoaderCircle },
  completed: { tone: 'good', icon: CircleCheck },
  cancelled: { tone: 'neutral', icon: CircleSlash },
  failed: { tone: 'bad', icon: CircleX },
  interrupted: { tone: 'caution', icon: CircleDashed },
} as const;

/** How a run or a batch ended, or that it has not. */
export function OutcomeBadge({ outcome }: { readonly outcome: Outcome | 'running' }) {
  return <Status {...looks[outcome]} text={outcome} />;
}
