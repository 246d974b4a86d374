import { z } from 'zod';
import { recordedDuelSchema } from '../../../pipeline/domain/duel.ts';
import { call, idSchema, madeFileSchema } from './call.ts';

/** A is what there is, B what may replace it. */
const pair = z.strictObject({ a: idSchema, b: idSchema });

export const duelCalls = {
  /**
   * Two runs on the images that both held out: fought when it is first asked, and recorded.
   * @throws `duel/…`, `run/unknown`, `run/no-predictions`
   */
  'duels/get': call(pair, recordedDuelSchema),
  /** The same as one page of HTML. */
  'duels/export': call(pair, madeFileSchema),
};
