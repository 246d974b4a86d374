import { CircleHelp, CircleSlash } from 'lucide-react';
import type { Row } from '../../../api.ts';

/** Why an image has no answer, or one that a reader must look at: the core's own sentence. */
export function ReasonNote({ row }: { readonly row: Row }) {
  const { state, reason, code } = row;
  if (reason === null) return null;
  const isRefused = state === 'refused';
  const Icon = isRefused ? CircleSlash : CircleHelp;
  return (
    <div className={isRefused ? 'h-classify-reason h-classify-refused' : 'h-classify-reason'}>
      <Icon size={16} aria-hidden="true" />
      <div>
        <strong>{isRefused ? 'No answer was given' : 'Look at this one yourself'}</strong>
        <p className="h-wrap">{reason}</p>
        {code === null ? null : <p className="h-faint h-mono">{code}</p>}
      </div>
    </div>
  );
}
