import { z } from 'zod';
import { neighbourCount, ownScanSources, trustSources } from '../../../pipeline/domain/explain.ts';
import { heatMapSchema } from '../../../pipeline/domain/heat-map.ts';
import { trustSchema } from '../../../pipeline/domain/trust.ts';
import { call, countsSchema, idSchema } from './call.ts';
import { imageRefSchema } from './images.ts';

/** null: the model that answered (a batch), else the one that Classify starts with. */
const modelSchema = idSchema.nullable();

/** What the trust test of a model's heat maps found; null: it was not made yet. */
const trustStateSchema = z.object({
  trust: trustSchema.nullable(),
  from: z.enum(trustSources).nullable(),
  /** Why no heat map is shown; null for a model that passed, and for one that was not tested yet. */
  problem: z.string().nullable(),
});
export type TrustState = z.infer<typeof trustStateSchema>;

const heatSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('explained'),
    map: heatMapSchema,
    /** Class that the map explains, its probability, and the class that the model answers with. */
    class: z.string(),
    probability: z.number(),
    predicted: z.string(),
    /** Title of the model that the map is of. */
    model: z.string(),
    classes: z.array(z.string()),
  }),
  /** The model failed its trust test, or the picture is refused. */
  z.object({ state: z.literal('none'), reason: z.string() }),
]);
export type Heat = z.infer<typeof heatSchema>;

const neighboursSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('found'),
    ownScan: z.enum(ownScanSources),
    compared: countsSchema.pick({ images: true, groups: true }),
    neighbours: z
      .array(z.object({ image: z.string(), class: z.string(), scan: z.string(), distance: z.number() }))
      .max(neighbourCount),
  }),
  z.object({ state: z.literal('none'), reason: z.string() }),
]);
export type Neighbours = z.infer<typeof neighboursSchema>;

export const explainCalls = {
  /** Where the model looked. The first map of a model may take seconds: its trust test is run when nobody ran it before. */
  'explain/map': call(
    z.strictObject({ image: imageRefSchema, model: modelSchema, class: z.string().max(200).nullable() }),
    heatSchema,
  ),
  /** The nearest training images, from other scans and patients. */
  'explain/neighbours': call(z.strictObject({ image: imageRefSchema, model: modelSchema }), neighboursSchema),
  'explain/trust': call(z.strictObject({ model: idSchema }), trustStateSchema),
  /** Runs the trust test anew and records it. What is sealed in stays what counts. */
  'explain/test-trust': call(z.strictObject({ model: idSchema }), trustStateSchema),
};
