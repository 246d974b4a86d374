import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** state.json of a training checkpoint: everything but the numbers, which lie in weights.bin in this order, one after the other. */
export const checkpointStateSchema = z.strictObject({
  version: z.literal(1),
  /** What the run was started with; name in words → hash or value. */
  fingerprint: z.record(z.string(), z.string()),
  /** Epochs that are complete. */
  epoch: z.int().min(1),
  /** Updates made so far: Adam's t. */
  step: z.int().min(1),
  watch: z.strictObject({
    bestValue: z.number().nullable(),
    bestEpoch: z.int().min(1),
    stale: z.int().min(0),
  }),
  /** Shape of each layer; weights.bin holds four float32 arrays for each: parameter, first moment, second moment, best parameter. */
  layers: z.array(z.tuple([z.int().positive(), z.int().positive()])).min(1),
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
