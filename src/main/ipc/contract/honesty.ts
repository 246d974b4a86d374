import { z } from 'zod';
import { leakMeterSchema } from '../../../pipeline/domain/leak-meter.ts';
import { shortcutsSchema } from '../../../pipeline/domain/shortcuts.ts';
import { validationSchema } from '../../../pipeline/domain/validation.ts';
import { call, nothing } from './call.ts';

/** The newest examination of its kind; null before the first one. */
const examined = <T extends z.ZodType>(value: T) =>
  z
    .object({
      at: z.string(),
      /** The dataset is another one by now. */
      stale: z.boolean(),
      value,
    })
    .nullable();

/** One evaluation on a locked test set. */
export const lookSchema = z.object({
  at: z.string(),
  /** Hash of the list of its images. */
  testSet: z.string(),
  images: z.int(),
  /** Evaluation that opened it, and the run whose model was measured. */
  run: z.string(),
  modelRun: z.string().nullable(),
  by: z.string(),
  /** Looks at the same set before this one. */
  before: z.int(),
});

export const honestySchema = z.object({
  leak: examined(leakMeterSchema),
  shortcuts: examined(shortcutsSchema),
  validation: examined(validationSchema),
  /** The last control with shuffled labels. */
  shuffled: examined(validationSchema),
  /** What `validate` would do now. */
  protocol: z.object({ folds: z.int(), repeats: z.int() }),
  testSet: z.object({
    /** The test part of the split that is there; null without one. */
    now: z.object({ hash: z.string(), images: z.int(), looks: z.int() }).nullable(),
    /** All looks of this workspace. */
    total: z.int(),
    /** The newest ones, newest first. */
    looks: z.array(lookSchema),
  }),
});
export type Honesty = z.infer<typeof honestySchema>;

export const examinations = ['leak-meter', 'shortcuts', 'validate', 'validate-shuffled'] as const;
export type Examination = (typeof examinations)[number];

export const honestyCalls = {
  'honesty/get': call(nothing, honestySchema),
  /** Runs an examination of the dataset as params.yaml says. */
  'honesty/start': call(z.strictObject({ what: z.enum(examinations) }), z.object({ job: z.string() })),
};
