import { z } from 'zod';
import { mostPreviews } from '../../../pipeline/domain/augment-preview.ts';
import { paramsSchema } from '../../../pipeline/domain/params.ts';
import { base64Schema, call, idSchema, nothing } from './call.ts';

const nameSchema = z.string().trim().min(1).max(200);

export const trainingCalls = {
  'params/get': call(
    nothing,
    z.object({
      params: paramsSchema,
      /** Hash of params.yaml: a save names the version it started from. */
      version: z.string(),
      /** Backbones whose weights are there, with the names of their feature levels. */
      backbones: z.array(
        z.object({ name: z.string(), title: z.string(), features: z.array(z.string()), ready: z.boolean() }),
      ),
    }),
  ),
  /** Writes params.yaml, its comments kept. @throws `config/changed` when somebody else wrote it meanwhile */
  'params/save': call(
    z.strictObject({ params: paramsSchema, version: z.string().max(100) }),
    z.object({ version: z.string() }),
  ),
  /** What a run with these parameters would cost on this machine. */
  'training/estimate': call(
    z.strictObject({ params: paramsSchema }),
    z.object({
      seconds: z.object({ low: z.number(), high: z.number() }),
      peakMemoryMb: z.number(),
      machineMemoryMb: z.number(),
      availableMemoryMb: z.number(),
      /** The run would be refused; `batch`: the largest batch of fine-tuning that fits, null where none does. */
      tooLarge: z.object({ batch: z.int().nullable() }).nullable(),
      /** Images that train, and images whose features are not cached yet. */
      images: z.int(),
      uncached: z.int(),
      /** Parameters that training changes. */
      trainableParameters: z.int(),
      /** What the estimate rests on, one sentence. */
      basis: z.string(),
    }),
  ),
  /**
   * An image of the dataset as training would see it: without changes, then in each of so many epochs. size x size grey bytes each.
   * `nth` counts through the images in an order of their own, so that each number shows another one.
   */
  'training/preview': call(
    z.strictObject({ params: paramsSchema, nth: z.int().min(0).max(1e9), epochs: z.int().min(1).max(mostPreviews) }),
    z.object({ image: z.string(), class: z.string(), size: z.int(), pictures: z.array(base64Schema) }),
  ),
  /**
   * Queues a run: params.yaml is set to these parameters when its turn comes, then what changed runs
   * (split, prepare, train, evaluate). @throws `dataset/missing`
   */
  'training/start': call(
    z.strictObject({ params: paramsSchema, name: nameSchema, allowLeak: z.boolean() }),
    z.object({ job: z.string() }),
  ),
  /** Goes on from the last checkpoint of a run that was cancelled, failed or interrupted. */
  'training/resume': call(z.strictObject({ run: idSchema }), z.object({ job: z.string() })),
};
