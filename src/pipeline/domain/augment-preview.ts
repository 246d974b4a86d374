import { z } from 'zod';
import { contractSchema } from './contract.ts';
import { paramsSchema } from './params.ts';

export const mostPreviews = 24;

export const augmentPreviewInputSchema = z.object({
  /** Absolute path of the file. */
  path: z.string(),
  /** Its name, for what its extension promises. */
  file: z.string(),
  /** 0-based. */
  frame: z.int().min(0),
  contract: contractSchema,
  params: paramsSchema,
  /** Of the image: its changes follow from it. */
  pixelHash: z.string(),
  /** Epochs from the first on. */
  epochs: z.int().min(1).max(mostPreviews),
});
export type AugmentPreviewInput = z.infer<typeof augmentPreviewInputSchema>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

/** size x size grey bytes each: the picture as the model serves, then as training sees it in each epoch. */
export const augmentPreviewSchema = z.object({ size: z.int(), pictures: z.array(bytes).min(2) });
export type AugmentPreview = z.infer<typeof augmentPreviewSchema>;
