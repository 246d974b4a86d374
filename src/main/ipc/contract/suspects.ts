import { z } from 'zod';
import { suspectRowSchema, suspectsReportSchema } from '../../../pipeline/domain/suspects.ts';
import { call, done, nothing, pageShape, readerSchema } from './call.ts';
import { imageRefSchema } from './images.ts';

export const suspectSchema = suspectRowSchema.omit({ pixel_hash: true }).extend({
  /** Place on the list, from 1. */
  rank: z.int(),
  /** What became of it since: the label was changed, or looked at and kept, or the image is gone. */
  state: z.enum(['open', 'relabelled', 'kept', 'gone']),
  /** Class in the dataset now; null when the image is gone. */
  classNow: z.string().nullable(),
  scan: z.string().nullable(),
  ref: imageRefSchema.nullable(),
});
export type Suspect = z.infer<typeof suspectSchema>;

export const suspectCalls = {
  /** The list of doubted labels, worst first. Settled ones stay on it with their state. */
  'suspects/get': call(
    z.strictObject({ show: z.enum(['doubtful', 'all']), ...pageShape }),
    z.object({
      /** Null before the first search. */
      search: suspectsReportSchema
        .extend({
          madeAt: z.string(),
          /** Labels changed since: the order is that of the labels as they were. */
          stale: z.boolean(),
        })
        .nullable(),
      /** Classes that an image can be given, in the order of their keys. */
      classes: z.array(z.string()),
      total: z.int(),
      open: z.int(),
      rows: z.array(suspectSchema),
    }),
  ),
  /** Ranks every label anew. */
  'suspects/find': call(nothing, z.object({ job: z.string() })),
  /** Notes that a doubted label was looked at and is right (`kept`), or takes that back. It does not come again. */
  'suspects/keep': call(
    z.strictObject({
      image: z.string().max(4096),
      class: z.string().max(200),
      kept: z.boolean(),
      reader: readerSchema,
    }),
    done,
  ),
};
