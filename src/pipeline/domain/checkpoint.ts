import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * state.json of a training checkpoint: everything but the numbers, which lie in weights.bin in this order, one after the other.
 * Version 1 knew the layers of a head only; such a checkpoint is passed over, and its run begins anew.
 */
export const checkpointStateSchema = z.strictObject({
  version: z.literal(2),
  /** What the run was started with; name in words → hash or value. */
  fingerprint: z.record(z.string(), z.string()),
  /** Epochs that are complete. */
  epoch: z.int().min(1),
  /** Updates made so far: Adam's t of a weight that was trained from the start. */
  step: z.int().min(1),
  watch: z.strictObject({
    bestValue: z.number().nullable(),
    bestEpoch: z.int().min(1),
    stale: z.int().min(0),
  }),
  /**
   * Name and shape of each weight that training changes. weights.bin holds float32: the parameters of all of them, then the first
   * moments, the second moments, and the best parameters.
   */
  weights: z
    .array(z.strictObject({ name: z.string().min(1).max(200), shape: z.array(z.int().positive()).min(1).max(4) }))
    .min(1),
});
export type CheckpointState = z.infer<typeof checkpointStateSchema>;

/** Written last: a checkpoint that has it is whole. */
export const checkpointManifest = 'manifest.json';

/** manifest.json of a checkpoint: SHA-256 of the other files. */
export const checkpointManifestSchema = z.strictObject({
  'state.json': hash,
  'weights.bin': hash,
});
export type CheckpointManifest = z.infer<typeof checkpointManifestSchema>;
