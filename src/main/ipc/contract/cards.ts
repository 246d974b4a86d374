import { z } from 'zod';
import { cardSheetSchema } from '../../../pipeline/domain/card/report.ts';
import { call, idSchema, madeFileSchema } from './call.ts';

const model = z.strictObject({ model: idSchema });

export const cardCalls = {
  /** The model's card as it stands now: sealed facts, what the user says, and what was found out since. */
  'cards/get': call(model, cardSheetSchema),
  /** The same as one page of HTML. */
  'cards/export': call(model, madeFileSchema),
};
