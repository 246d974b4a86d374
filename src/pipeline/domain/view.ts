import { z } from 'zod';
import { contractSchema } from './contract.ts';
import { domains } from './image.ts';

export const sampleTypes = ['uint8', 'uint16', 'int16', 'float32'] as const;
export type SampleType = (typeof sampleTypes)[number];

/** Height and width of a thumbnail in pixels. */
export const thumbnailSide = 96;

export const viewWants = ['view', 'thumbnail', 'tensor'] as const;

export const viewInputSchema = z.object({
  /** Absolute path of the file. */
  path: z.string(),
  /** Its name, for what its extension promises. */
  file: z.string(),
  /** 0-based. */
  frame: z.int().min(0),
  want: z.enum(viewWants),
  /** Rules of the model that looks at it; `tensor` needs them. */
  contract: contractSchema.optional(),
  /** Takes mean and std of this backbone instead of the contract's. */
  backbone: z.string().optional(),
});
export type ViewInput = z.infer<typeof viewInputSchema>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

export const viewedSchema = z.object({
  width: z.int(),
  height: z.int(),
  domain: z.enum(domains),
  white: z.number(),
  sampleType: z.enum(sampleTypes),
  /** Row-major, top-left first, little-endian. */
  pixels: bytes,
  frames: z.int(),
  /** What the file proposes, else the contract's first window; null for display pictures. */
  window: z.object({ center: z.number(), width: z.number().positive() }).nullable(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Viewed = z.infer<typeof viewedSchema>;

/** thumbnailSide x thumbnailSide grey bytes, the whole picture in a black square. */
export const thumbnailSchema = z.object({ pixels: bytes });
export type Thumbnail = z.infer<typeof thumbnailSchema>;

export const tensorSchema = z.object({
  size: z.int(),
  /** size x size grey bytes for each channel that differs from the ones before. */
  channels: z.array(z.object({ title: z.string(), pixels: bytes })),
  steps: z.array(z.string()),
});
export type ViewedTensor = z.infer<typeof tensorSchema>;
