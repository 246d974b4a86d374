import { z } from 'zod';

const share = z.number().min(0).max(1);
const correlation = z.number().min(-1).max(1);
/** A mean with its 95 % interval. */
const estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** Share of the map's area that counts as hot. */
export const hotShare = 0.2;

/** Limits that the parts of the trust test are held against. */
export const trustLimits = {
  /** Mean rank correlation with the map of shuffled weights; every step of the cascade must stay below. */
  correlation: 0.4,
  /** More than this share of the lesions must lie in the hot fifth. */
  lesions: 0.5,
} as const;

/** (a) Weights in random order must give another map (Adebayo et al. 2018). */
const randomisedSchema = z.strictObject({
  pictures: z.int(),
  limit: z.number(),
  /** The last layers alone: mean over draws. */
  head: correlation,
  /** From the answer downwards, the last with every weight of the network shuffled. */
  steps: z.array(z.strictObject({ down_to: z.string(), correlation })).min(1),
  passed: z.boolean(),
});

/** (b) Blurring the hot region must cost the answer more than blurring random regions of the same size in the body. */
const deletionSchema = z.strictObject({
  pictures: z.int(),
  /** Random regions a picture. */
  regions: z.int(),
  /** Mean fall of the log odds of the explained class. */
  hot: z.number(),
  random: z.number(),
  /** Hot less random, paired by picture; resampled by patient. */
  difference: estimate,
  passed: z.boolean(),
});

/** (c) Lesions planted in synthetic pictures must lie in the hot fifth, where the model knows them. */
const lesionsSchema = z.discriminatedUnion('applicable', [
  z.strictObject({
    applicable: z.literal(true),
    /** Pictures with a lesion. */
    pictures: z.int(),
    /** Of these, answered right: the ones that count. */
    right: z.int(),
    /** Share of them with at least half of the lesion in the hot fifth. */
    inside: estimate,
    /** The same share for random regions of the same size in the body: what a map that knows nothing would reach. */
    chance: share,
    /** Share of them whose hottest point lies on the lesion. */
    pointing: share,
    limit: z.number(),
    classes: z.record(z.string(), z.strictObject({ right: z.int(), inside: z.int() })),
    passed: z.boolean(),
  }),
  z.strictObject({
    applicable: z.literal(false),
    reason: z.enum(['no-class', 'not-known']),
    pictures: z.int(),
    right: z.int(),
  }),
]);

/** Pictures that (a) and (b) looked at: of the dataset, of patients that were held out in training, or phantoms. */
export const trustPictures = ['dataset', 'synthetic'] as const;

/** trust.json: how the heat maps of a model did in its trust test. */
export const trustSchema = z.strictObject({
  version: z.literal(1),
  pictures: z.enum(trustPictures),
  randomised: randomisedSchema,
  deletion: deletionSchema,
  lesions: lesionsSchema,
  passed: z.boolean(),
});
export type Trust = z.infer<typeof trustSchema>;
export type TrustPart = 'randomised' | 'deletion' | 'lesions';

/** Parts that failed; what could not be asked did not. */
export function failedParts({ randomised, deletion, lesions }: Trust): TrustPart[] {
  const failed: TrustPart[] = [];
  if (!randomised.passed) failed.push('randomised');
  if (!deletion.passed) failed.push('deletion');
  if (lesions.applicable && !lesions.passed) failed.push('lesions');
  return failed;
}
