import { failedParts } from '../../../pipeline/domain/trust.ts';
import { trustOf } from '../../studies/card/model-card.ts';
import type { Gate } from './gate.ts';

/** That the heat maps were tested, whatever came out: ones that failed are shown nowhere. */
export const trust: Gate = {
  name: 'trust',
  ofChallenger: false,
  isRequired: ({ gates }) => gates.trust,
  async check({ study, model }) {
    const found = await trustOf(study, model.folder, model.seal);
    if (found === null)
      return {
        passed: false,
        reason: 'Its heat maps were never put to the trust test: test them first.',
        figures: { tested: 'no' },
      };
    const failed = failedParts(found);
    const figures = { tested: 'yes', pictures: found.pictures, failed_parts: failed.length };
    const reason =
      failed.length === 0
        ? 'Its heat maps passed the trust test.'
        : `Its heat maps were tested and failed (${failed.join(', ')}): none is shown.`;
    return { passed: true, reason, figures };
  },
};
