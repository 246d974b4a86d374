import { z } from 'zod';
import { call, nothing } from './call.ts';

export const cacheKinds = ['features', 'thumbnails', 'uploads', 'demo'] as const;

export const machineCalls = {
  /** What `hilum doctor` says. */
  'machine/check': call(
    nothing,
    z.object({
      checks: z.array(
        z.object({
          name: z.string(),
          ok: z.boolean(),
          found: z.string(),
          neededFor: z.string().nullable(),
          mend: z.string(),
        }),
      ),
      cores: z.int(),
      processor: z.string(),
      memoryMb: z.number(),
    }),
  ),
  /** Measures now: images a second of the default model, after a warm-up. @throws `machine/busy` while a job runs */
  'machine/speed': call(
    nothing,
    z.object({ engine: z.string(), imagesPerSecond: z.number(), images: z.int(), threads: z.int() }),
  ),
  'cache/sizes': call(
    nothing,
    z.object({
      folder: z.string(),
      records: z.int(),
      caches: z.array(z.object({ kind: z.enum(cacheKinds), bytes: z.int(), files: z.int(), what: z.string() })),
    }),
  ),
  /** @throws `machine/busy` while a job is queued or runs */
  'cache/clear': call(z.strictObject({ kind: z.enum(cacheKinds) }), z.object({ bytes: z.int() })),
  /** Draws synthetic scans, good and broken ones, and classifies them with the model that comes with the program. */
  'demo/classify': call(nothing, z.object({ job: z.string() })),
  /** Draws a synthetic dataset and makes it the source of this workspace, which must have none. */
  'demo/dataset': call(nothing, z.object({ job: z.string() })),
};
