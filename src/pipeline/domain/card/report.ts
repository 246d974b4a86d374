import { z } from 'zod';
import { honesties } from '../sealed-model.ts';
import { cardItemSchema } from './item.ts';

/** A model's card as it stands now, for page, report and `--json`. */
export const cardSheetSchema = z.object({
  title: z.string(),
  /** Root hash of the model's seal. */
  seal: z.string(),
  /** ISO 8601: when this was put together, and when the model was sealed. */
  at: z.string(),
  sealedAt: z.string(),
  notice: z.string(),
  trainedOn: z.string(),
  backbone: z.string(),
  honesty: z.enum(honesties),
  contact: z.string().nullable(),
  classes: z.array(z.object({ name: z.string(), images: z.int(), scans: z.int(), groups: z.int() })),
  items: z.array(cardItemSchema),
});
export type CardSheet = z.infer<typeof cardSheetSchema>;
