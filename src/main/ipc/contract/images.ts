import { z } from 'zod';
import { windowSchema } from '../../../pipeline/domain/contract.ts';
import { domains } from '../../../pipeline/domain/image.ts';
import { sampleTypes } from '../../../pipeline/domain/view.ts';
import { base64Schema, call, idSchema } from './call.ts';

/** An image by what the records know of it; never a path. */
export const imageRefSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('batch'), batch: idSchema, item: z.int().min(1), frame: z.int().min(0) }),
  /** Name in the manifest of the workspace's dataset. */
  z.strictObject({ of: z.literal('dataset'), image: z.string().min(1).max(4096) }),
]);
export type ImageRef = z.infer<typeof imageRefSchema>;

export const viewSchema = z.object({
  width: z.int(),
  height: z.int(),
  domain: z.enum(domains),
  /** `display`: value of white, 255 or 65535. */
  white: z.number(),
  sampleType: z.enum(sampleTypes),
  /** Row-major, top-left first, little-endian. Hounsfield units, or grey 0..white. */
  pixels: base64Schema,
  /** Frames of the file. */
  frames: z.int(),
  /** Window that the file or the model's contract suggests; null for display pictures. */
  window: windowSchema.nullable(),
  /** What may be shown over the image: geometry and exposure, never a name, number, date or description. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type View = z.infer<typeof viewSchema>;

export const imageCalls = {
  /** @throws `image/…` as the core says it */
  'images/view': call(z.strictObject({ image: imageRefSchema }), viewSchema),
  /** Small grey pictures (side x side bytes each); null where one cannot be read. */
  'images/thumbnails': call(
    z.strictObject({ images: z.array(imageRefSchema).min(1).max(60) }),
    z.object({ side: z.int(), pictures: z.array(base64Schema.nullable()) }),
    512 * 1024,
  ),
  /** What the network sees after the contract: size x size grey bytes for each channel that differs. */
  'images/tensor': call(
    z.strictObject({ image: imageRefSchema }),
    z.object({
      size: z.int(),
      channels: z.array(z.object({ title: z.string(), pixels: base64Schema })),
      /** The rules in words, in the order they are applied. */
      steps: z.array(z.string()),
    }),
  ),
};
