import { trainedElsewhere } from '../../../pipeline/domain/sealed-model.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import type { Gate } from './gate.ts';

export const honest: Gate = {
  name: 'honest',
  ofChallenger: true,
  isRequired: ({ gates }) => gates.honest,
  async check({ candidate: { run }, model }) {
    const { card } = await readModelIdentity(model.folder);
    const leaky = card.honesty === 'leaky' || run?.leaky === true;
    const groups = Object.values(card.counts).reduce((sum, each) => sum + each.groups, 0);
    const unknown = card.honesty === 'unknown' && !leaky;
    const reason = leaky
      ? 'Leaky: patients stood on both sides of its split; its figures measure memory, not skill.'
      : unknown
        ? `${trainedElsewhere} Nothing is known of its split.`
        : 'No patient stood on both sides of its split.';
    return {
      passed: !leaky && !unknown,
      reason,
      figures: { stamp: leaky ? 'leaky' : card.honesty, patient_groups: groups },
    };
  },
};
