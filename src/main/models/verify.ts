import { z } from 'zod';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';

/** What the worker's `verify` says of a good model. */
export const verifiedModelSchema = z.object({
  seal: z.string(),
  title: z.string(),
  classes: z.array(z.string()),
  golden: z.int(),
});
export type VerifiedModel = z.infer<typeof verifiedModelSchema>;

/** Checks a sealed model in a worker, as each use of it does. @throws HilumError `model/…` */
export async function verifyModel(context: WorkContext, folder: string): Promise<VerifiedModel> {
  // What is no model at all is told without starting a process.
  await readModelIdentity(folder);
  return stageInWorker(context, 'verify', { model: folder }, verifiedModelSchema);
}
