import { z } from 'zod';
import { readModelIdentity } from '../workspace/model-identity.ts';
import type { CliContext } from './context.ts';
import { runStage } from './study.ts';

const reportSchema = z.object({
  seal: z.string(),
  title: z.string(),
  classes: z.array(z.string()),
  golden: z.int(),
});
export type VerifiedModel = z.infer<typeof reportSchema>;

/** Checks a sealed model in a worker, as each use of it does. @throws HilumError `model/…` */
export async function verifyModel(context: CliContext, folder: string): Promise<VerifiedModel> {
  // What is no model at all is told without starting a process.
  await readModelIdentity(folder);
  return runStage(context, 'verify', { model: folder }, reportSchema);
}
