import { z } from 'zod';
import { verificationSchema } from '../../../pipeline/domain/verification.ts';
import { call, idSchema, madeFileSchema, pathSchema } from './call.ts';

const manyRuns = z.array(idSchema).min(1).max(500);
const contents = {
  runs: manyRuns,
  withModels: z.boolean(),
  withPredictions: z.boolean(),
};
const naming = z.enum(['kept', 'replaced']);

/** Runs that leave the workspace or come into it, and runs that are trained again. */
export const bundleCalls = {
  /** About what a bundle would take before it is packed, and how many of the runs have a stored model. */
  'bundles/size': call(z.strictObject(contents), z.object({ bytes: z.int(), models: z.int() })),
  /** `names` replaced: no name of a file or patient is in it. */
  'bundles/export': call(z.strictObject({ ...contents, names: naming }), madeFileSchema),
  /** `path`: the zip, or a folder that holds this one zip alone. Twice adds nothing. @throws `bundle/…` */
  'bundles/import': call(
    z.strictObject({ path: pathSchema }),
    z.object({
      root: z.string(),
      names: naming,
      runs: z.array(z.object({ id: z.string(), name: z.string(), isNew: z.boolean() })),
      models: z.int(),
    }),
  ),
  /** A zip of event files: a folder a run. */
  'tensorboard/export': call(z.strictObject({ runs: manyRuns }), madeFileSchema),
  /** The newest verification of a run; null before the first. */
  'verifications/get': call(
    z.strictObject({ run: idSchema }),
    z.object({ verification: z.object({ at: z.string(), value: verificationSchema }).nullable() }),
  ),
  /** Trains it again from its recorded inputs, aside. */
  'verifications/start': call(z.strictObject({ run: idSchema }), z.object({ job: z.string() })),
};
