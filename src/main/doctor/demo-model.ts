import { hasCode, sentenceOf, toEnvelope } from '../../pipeline/domain/errors.ts';
import { demoModelFolder } from '../models/places.ts';
import { verifyModel } from '../models/verify.ts';
import { type Check, fine, wrong } from './check.ts';

/** Verified in a worker: shows at once that workers start and that the whole way to an answer works. */
export const demoModel: Check = {
  name: 'demo model',
  neededFor: 'classification without a model of your own',
  async look(context) {
    try {
      const { title, golden } = await verifyModel(context, demoModelFolder());
      return fine(`${title}; ${golden} golden answers agree`);
    } catch (error) {
      if (hasCode(error, 'cancelled/by-user')) throw error;
      const { code, facts } = toEnvelope(error);
      return wrong(sentenceOf(code, facts), 'git checkout -- resources/demo-model');
    }
  },
};
