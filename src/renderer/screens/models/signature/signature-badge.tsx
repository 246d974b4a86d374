import { BadgeCheck, BadgeX, CircleHelp } from 'lucide-react';
import { signatureWords } from '../../../../pipeline/domain/signature.ts';
import type { Model } from '../../../api.ts';
import { Badge } from '../../../components/feedback/badge.tsx';

const looks = {
  trusted: { tone: 'good', icon: BadgeCheck },
  unknown: { tone: 'caution', icon: CircleHelp },
  bad: { tone: 'bad', icon: BadgeX },
} as const;

/** Who stands for a model, in a word or two; nothing where nobody does. */
export function SignatureBadge({ signature }: { readonly signature: Model['signature'] }) {
  if (signature === null || signature.state === 'unsigned') return null;
  const { tone, icon } = looks[signature.state];
  return (
    <Badge tone={tone} icon={icon} title={signatureWords(signature)}>
      {wordOf(signature)}
    </Badge>
  );
}

function wordOf(signature: NonNullable<Model['signature']>): string {
  if (signature.state === 'trusted') return `Signed: ${signature.signer}`;
  return signature.state === 'unknown' ? 'Unknown signer' : 'Bad signature';
}
