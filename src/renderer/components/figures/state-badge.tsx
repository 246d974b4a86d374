import { CircleCheck, CircleHelp, CircleSlash } from 'lucide-react';
import type { BatchState } from '../../../pipeline/domain/outcome.ts';
import { Status } from './status.tsx';

const looks = {
  answered: { tone: 'neutral', icon: CircleCheck },
  review: { tone: 'caution', icon: CircleHelp },
  refused: { tone: 'bad', icon: CircleSlash },
} as const;

/** State of one image in a batch. */
export function StateBadge({ state }: { readonly state: BatchState }) {
  return <Status {...looks[state]} text={state} />;
}
