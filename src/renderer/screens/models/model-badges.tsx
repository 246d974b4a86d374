import { FlaskConical, TriangleAlert } from 'lucide-react';
import type { Model } from '../../api.ts';
import { Badge } from '../../components/feedback/badge.tsx';
import { SignatureBadge } from './signature/signature-badge.tsx';

export const originWords: Readonly<Record<Model['origin'], string>> = {
  bundled: 'Comes with Hilum',
  trained: 'Trained here',
  imported: 'Imported',
};

/** What must be known before a model is used. */
export function ModelBadges({ model }: { readonly model: Model }) {
  return (
    <>
      {model.synthetic ? (
        <Badge tone="caution" icon={FlaskConical}>
          Synthetic data
        </Badge>
      ) : null}
      {model.honesty === 'leaky' ? (
        <Badge tone="bad" icon={TriangleAlert}>
          Leaky split
        </Badge>
      ) : null}
      {model.honesty === 'unknown' ? (
        <Badge tone="caution" icon={TriangleAlert}>
          Trained elsewhere
        </Badge>
      ) : null}
      <SignatureBadge signature={model.signature} />
    </>
  );
}
