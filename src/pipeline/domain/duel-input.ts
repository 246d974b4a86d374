import { z } from 'zod';
import { paramsSchema } from './params.ts';
import { workspacePathsSchema } from './stage-inputs.ts';

/** What a duel is fought over. A is what there is, B what may replace it. */
export const duelInputSchema = z.object({
  on: z.discriminatedUnion('kind', [
    /** Kept predictions of two runs: files as `evaluate` writes them. */
    z.object({ kind: z.literal('predictions'), a: z.string(), b: z.string() }),
    /** Two sealed models on a folder, zip or address with labels that config and folder names give. */
    z.object({
      kind: z.literal('folder'),
      a: z.string(),
      b: z.string(),
      source: z.string(),
      labels: z.string().optional(),
      /** Which images belong to one scan. */
      scans: paramsSchema.shape.scans,
      /** Images that its dataset holds too are counted: the models may have been trained on them. */
      workspace: workspacePathsSchema,
    }),
    /** Two sealed models on the test part of the workspace's split. */
    z.object({ kind: z.literal('test-part'), a: z.string(), b: z.string(), workspace: workspacePathsSchema }),
  ]),
  scanVote: z.enum(['mean', 'majority']),
  resamples: z.int().min(100).max(100_000),
  seed: z.int().min(1),
});
export type DuelInput = z.infer<typeof duelInputSchema>;
