import { z } from 'zod';
import { domains } from './image.ts';

export const windowSchema = z.strictObject({
  center: z.number().describe('Hounsfield value at mid grey.'),
  width: z.number().positive().describe('Hounsfield range from black to white.'),
});
export type HounsfieldWindow = z.infer<typeof windowSchema>;
/** Soft tissue, the usual abdominal preset (centre 40 HU, width 400 HU). */
export const softTissue: HounsfieldWindow = { center: 40, width: 400 };

export const cropRules = ['body', 'none'] as const;
export const paddingRules = ['none', 'square'] as const;
/** The first three are ours; the others are what networks from elsewhere were trained with. */
export const resizeRules = [
  'area',
  'bilinear',
  'nearest',
  'bilinear-plain',
  'bilinear-corner',
  'nearest-corner',
  'nearest-pillow',
  'bicubic',
] as const;
export type ResizeRule = (typeof resizeRules)[number];
export const roundings = ['byte', 'each-pass'] as const;

/**
 * The rules that turn a file into the network's numbers. Part of every sealed model and of its hash.
 * Order: window (HU only) → grey 0..255 → crop → padding → resize → rounding → (grey - mean) / std → channels.
 */
export const contractSchema = z.strictObject({
  version: z.literal(1),
  classes: z.array(z.string().min(1)).min(2),
  domains: z.array(z.enum(domains)).min(1),
  /** One window feeds all three channels, three windows feed one channel each (hounsfield). Display images feed all three. */
  windows: z.union([z.tuple([windowSchema]), z.tuple([windowSchema, windowSchema, windowSchema])]),
  crop: z.enum(cropRules),
  padding: z.enum(paddingRules),
  /**
   * area: antialiased box average; bilinear, bicubic: antialiased as in Pillow; nearest: pixel centres;
   * nearest-pillow: the same with Pillow's steps, which end one pixel lower or higher where a centre lies between two pixels.
   * Without antialiasing: bilinear-plain, half-pixel centres (OpenCV INTER_LINEAR, tf.image.resize); bilinear-corner and
   * nearest-corner, top left corners on each other (tfjs resizeBilinear as it comes; OpenCV INTER_NEAREST).
   */
  resize: z.enum(resizeRules),
  /** Height and width of the network's input in pixels. */
  size: z.int().min(16).max(1024),
  /**
   * Whole grey levels after the resize; left out: fractions are kept. byte: rounded once, halves to even, as NumPy does. each-pass: columns
   * are rounded before rows are blended, as Pillow does.
   */
  rounding: z.enum(roundings).optional(),
  channels: z.literal([1, 3]),
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
