import { z } from 'zod';
import { domains } from './image.ts';

export const windowSchema = z.strictObject({
  center: z.number().describe('Hounsfield value at mid grey.'),
  width: z.number().positive().describe('Hounsfield range from black to white.'),
});
export type HounsfieldWindow = z.infer<typeof windowSchema>;

export const cropRules = ['body', 'none'] as const;
export const paddingRules = ['none', 'square'] as const;
export const resizeRules = ['area', 'bilinear', 'nearest'] as const;

/**
 * The rules that turn a file into the network's numbers. Part of every sealed model and of its hash.
 * Order: window (HU only) → grey 0..255 → crop → padding → resize → (grey - mean) / std → channels.
 */
export const contractSchema = z.strictObject({
  version: z.literal(1),
  classes: z.array(z.string().min(1)).min(2),
  domains: z.array(z.enum(domains)).min(1),
  /** One window feeds all three channels, three windows feed one channel each (hounsfield). Display images feed all three. */
  windows: z.union([z.tuple([windowSchema]), z.tuple([windowSchema, windowSchema, windowSchema])]),
  crop: z.enum(cropRules),
  padding: z.enum(paddingRules),
  /** area: antialiased box average; bilinear: antialiased triangle as Pillow's BILINEAR; nearest: pixel centres. */
  resize: z.enum(resizeRules),
  /** Height and width of the network's input in pixels. */
  size: z.int().min(16).max(1024),
  channels: z.literal(3),
  /** Network value = (grey 0..255 - mean) / std. */
  mean: z.number(),
  std: z.number().positive(),
});
export type Contract = z.infer<typeof contractSchema>;

/** The part of a contract that decides pixels: everything but the class names. Key of the feature cache. */
export function pixelRules(contract: Contract): Omit<Contract, 'classes'> {
  const { classes: _classes, ...rules } = contract;
  return rules;
}
