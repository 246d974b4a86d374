import { Crown, ShieldAlert, Swords } from 'lucide-react';
import type { Model } from '../../../api.ts';
import { Badge } from '../../../components/feedback/badge.tsx';

const looks = {
  champion: { tone: 'accent', icon: Crown, word: 'Champion' },
  challenger: { tone: 'neutral', icon: Swords, word: 'Challenger' },
} as const;

/** Where a model stands in the registry; that a gate was overridden is said as long as it stands there. */
export function AliasBadges({ aliases }: Pick<Model, 'aliases'>) {
  return (
    <>
      {aliases.map(({ alias }) => (
        <Badge key={alias} tone={looks[alias].tone} icon={looks[alias].icon}>
          {looks[alias].word}
        </Badge>
      ))}
      {aliases.some(({ override }) => override !== null) ? (
        <Badge tone="bad" icon={ShieldAlert}>
          Gate overridden
        </Badge>
      ) : null}
    </>
  );
}

/** Tags that people gave. */
export function TagBadges({ tags }: Pick<Model, 'tags'>) {
  return (
    <>
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </>
  );
}
