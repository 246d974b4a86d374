import { z } from 'zod';
import { domains } from './image.ts';
import { notice } from './outcome.ts';

/** Newest format of a sealed model that this program reads and the one it writes. */
export const sealVersion = 1;

/** Files of a sealed model, all of them and no other; seal.json holds the hash of each. */
export const sealedFiles = [
  'model.json',
  'weights.bin',
  'model.onnx',
  'contract.json',
  'golden.json',
  'calibration.json',
  'card.json',
  'card.md',
] as const;
export type SealedFile = (typeof sealedFiles)[number];
export const sealFile = 'seal.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** seal.json: `hash` is the SHA-256 of the canonical JSON of everything else in it, in every version. */
export const sealSchema = z.strictObject({
  format: z.literal('hilum-sealed-model'),
  version: z.literal(sealVersion),
  files: z.record(z.enum(sealedFiles), hash),
  hash,
});
export type Seal = z.infer<typeof sealSchema>;

/** golden.json: synthetic inputs by seed, with the answers the network gave when it was sealed. No patient's pixels. */
export const goldenSchema = z
  .array(
    z.strictObject({
      seed: z.int().min(1),
      domain: z.enum(domains),
      /** Mean of the network's input values: tells a changed preprocessing from a changed network. */
      inputMean: z.number(),
      probabilities: z.array(z.number().min(0).max(1)).min(2),
    }),
  )
  .min(1);
export type Golden = z.infer<typeof goldenSchema>;

export const calibrationSchema = z.strictObject({
  /** Logits are divided by it; 1 leaves the probabilities as they are. */
  temperature: z.number().positive(),
  /** Below this probability an answer is marked for review. */
  review_below: z.number().min(0).max(1),
});
export type Calibration = z.infer<typeof calibrationSchema>;

export const cardSchema = z.object({
  title: z.string().min(1),
  /** What the model learned from, in one sentence. */
  trained_on: z.string(),
  data_notice: z.string(),
  backbone: z.string(),
  classes: z.array(z.string()).min(2),
  counts: z.record(z.string(), z.object({ images: z.int(), scans: z.int(), groups: z.int() })),
  /** A few figures by name; null where not defined. */
  metrics: z.record(z.string(), z.number().nullable()),
  /** leaky: the split or --allow-leak let patients stand on both sides; the figures measure memory. */
  honesty: z.enum(['grouped', 'leaky']),
  /** ISO 8601, given by the caller. */
  created_at: z.string(),
  code_version: z.string(),
  notice: z.literal(notice),
});
export type ModelCard = z.infer<typeof cardSchema>;
