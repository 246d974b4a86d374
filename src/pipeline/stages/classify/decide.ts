import type { ErrorCode } from '../../domain/error-table.ts';
import type { Facts } from '../../domain/errors.ts';
import type { DecodedImage } from '../../domain/image.ts';
import { conformalSet } from '../../metrics/index.ts';
import type { Classifier } from './classify-file.ts';

export interface Decision {
  readonly state: 'answered' | 'review';
  /** Index of the most probable class. */
  readonly predicted: number;
  /** Why it is for review; null when answered. */
  readonly code: ErrorCode | null;
  /** `set`: indices of the classes that cannot be excluded, joined by blanks, where the model has conformal sets. */
  readonly facts: Facts;
}

/** Answer or review. The first reason that holds is given: another domain, a set that is not one class, a low probability. */
export function decide(
  probabilities: readonly number[],
  { domain }: Pick<DecodedImage, 'domain'>,
  { contract, reviewBelow, conformal }: Pick<Classifier, 'contract' | 'reviewBelow' | 'conformal'>,
): Decision {
  const top = Math.max(...probabilities);
  const predicted = probabilities.indexOf(top);
  const set = conformal === undefined ? undefined : conformalSet(probabilities, conformal);
  const shown: Facts = set === undefined ? {} : { set: set.join(' ') };
  const review = (code: ErrorCode, facts: Facts): Decision => ({
    state: 'review',
    predicted,
    code,
    facts: { ...shown, ...facts },
  });
  if (!contract.domains.includes(domain)) {
    return review('image/domain-converted', { expected: contract.domains.join(' or '), actual: domain });
  }
  if (set !== undefined && set.length !== 1) {
    return review('image/unsure', { classes: set.map((index) => contract.classes[index]).join(', ') });
  }
  if (top < reviewBelow) {
    return review('image/low-probability', { probability: rounded(top), threshold: rounded(reviewBelow) });
  }
  return { state: 'answered', predicted, code: null, facts: shown };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
