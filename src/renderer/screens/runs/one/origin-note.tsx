import { Package } from 'lucide-react';
import type { Run } from '../../../api.ts';
import { Badge } from '../../../components/feedback/badge.tsx';
import { shortHash } from '../../../format/hash.ts';

/** Where a run comes from that was not made here. */
export function OriginBadge({ run: { origin } }: { readonly run: Run }) {
  if (origin === null) return null;
  const [text, title] =
    origin.from === 'bundle'
      ? [`from bundle ${shortHash(origin.root)}`, `Imported from a run bundle with the root hash ${origin.root}`]
      : [`from MLflow ${origin.server}`, `Run ${origin.run} of the experiment ${origin.experiment}`];
  return (
    <Badge tone="accent" icon={Package} title={title}>
      {text}
    </Badge>
  );
}
