import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Pictures that the gate was tried on when it was sealed. `far`: nothing like the study; `near`: the study's own, changed. */
const trialSchema = z.object({
  name: z.string(),
  kind: z.enum(['far', 'near']),
  images: z.int(),
  refused: z.int(),
});
export type GateTrial = z.infer<typeof trialSchema>;

/**
 * gate.json: what the pictures of the study look like to the network. Means, spreads and one matrix over all of them: no
 * patient's picture or vector.
 */
export const gateSchema = z.strictObject({
  version: z.literal(1),
  /** Nodes of the network whose maps, averaged over height and width, are looked at. */
  taps: z.array(z.string()).min(1),
  /** Facts of the picture itself that are looked at beside them, in this order. */
  picture_facts: z.array(z.string()),
  dimensions: z.int().positive(),
  /** Base64 of float32, little-endian: mean and spread of each value; then the lower triangle of the matrix, row by row. */
  mean: z.base64(),
  spread: z.base64(),
  /** Cholesky factor of the shrunk covariance of the values, each divided by its spread. */
  factor: z.base64(),
  /** A picture is refused when its squared Mahalanobis distance a dimension is above. */
  limit: z.number().positive(),
  /** Share of images of an unseen patient group that it was made to refuse at most. */
  refusals: share,
  evidence: z.object({
    images: z.int(),
    groups: z.int(),
    /** Share of images refused in groups that neither the matrix nor the limit came from; null: too few groups to tell. */
    refused: share.nullable(),
    /** Groups of which more than `refusals` was refused then. */
    groups_above: z.int(),
    /** False: the backbone itself was trained on these images, and unseen ones will lie further away. */
    unseen: z.boolean(),
    trials: z.array(trialSchema),
  }),
});
export type Gate = z.infer<typeof gateSchema>;
