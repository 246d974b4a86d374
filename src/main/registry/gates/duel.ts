import { HilumError } from '../../../pipeline/domain/errors.ts';
import { fight } from '../../studies/duel/fight.ts';
import type { Gate } from './gate.ts';

/** Won or drawn against the champion. That nothing can be compared is a reason against promotion, not a fault. */
export const duel: Gate = {
  name: 'duel',
  ofChallenger: false,
  isRequired: ({ gates }) => gates.duel,
  async check({ study, candidate, champion, ground, policy, means }) {
    const { margin } = policy.gates;
    if (champion === null)
      return { passed: true, reason: 'There is no champion to be compared with.', figures: { margin } };
    try {
      const { duel: found, sentence } = await fight(study, { a: champion, b: candidate }, ground, {
        run: (input) => means.duel(input),
        newId: () => means.newId(),
      });
      const { value, low, high } = found.scan.figures.balanced_accuracy.difference;
      const { scans, groups } = found.compared;
      const figures = { on: ground.kind, difference: value, low, high, margin, scans, patient_groups: groups };
      if (low === null)
        return { passed: false, reason: `${sentence} Without an interval nothing can be said.`, figures };
      const limit = `the interval ends at ${low.toFixed(3)}, the limit is -${margin}`;
      return { passed: low > -margin, reason: `${sentence} Its low end: ${limit}.`, figures };
    } catch (error) {
      const isAnswer =
        error instanceof HilumError &&
        (error.code.startsWith('duel/') || error.code === 'run/no-predictions' || error.code === 'model/missing');
      if (!isAnswer) throw error;
      return { passed: false, reason: error.sentence, figures: { margin } };
    }
  },
};
