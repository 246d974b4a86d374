import { z } from 'zod';

/** What the worker's `speed` measured: the network alone, no file read or decoded. */
export const speedSchema = z.object({
  engine: z.string(),
  imagesPerSecond: z.number(),
  images: z.int(),
  threads: z.int(),
});
