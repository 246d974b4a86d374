import type { Gate } from './gate.ts';

export const selfTest: Gate = {
  name: 'self_test',
  ofChallenger: false,
  isRequired: ({ gates }) => gates.self_test,
  async check({ model, means }) {
    const { golden } = await means.verify(model.folder);
    return { passed: true, reason: `${golden} sealed answers agree.`, figures: { golden } };
  },
};
