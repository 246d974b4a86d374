import { z } from 'zod';
import { cardItemSchema } from './card/item.ts';
import { domains } from './image.ts';
import { notice } from './outcome.ts';

/** Newest format of a sealed model that this program reads and the one it writes. Version 2 added the optional files. */
export const sealVersion = 2;

/** Files that every sealed model has. */
export const requiredFiles = [
  'model.json',
  'weights.bin',
  'model.onnx',
  'contract.json',
  'golden.json',
  'calibration.json',
  'card.json',
  'card.md',
] as const;
/** Files that a model may have, from version 2 on: what was not made is not there. */
export const optionalFiles = ['gate.json', 'trust.json'] as const;
/** Every name that a file beside seal.json can have. Which of them a model has is what its seal says: `filesOf`. */
export const sealedFiles = [...requiredFiles, ...optionalFiles] as const;
export type RequiredFile = (typeof requiredFiles)[number];
export type OptionalFile = (typeof optionalFiles)[number];
export type SealedFile = (typeof sealedFiles)[number];
export const sealFile = 'seal.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const requiredHashes = {
  'model.json': hash,
  'weights.bin': hash,
  'model.onnx': hash,
  'contract.json': hash,
  'golden.json': hash,
  'calibration.json': hash,
  'card.json': hash,
  'card.md': hash,
} satisfies Record<RequiredFile, typeof hash>;
const optionalHash = hash.optional();
const optionalHashes = { 'gate.json': optionalHash, 'trust.json': optionalHash } satisfies Record<
  OptionalFile,
  typeof optionalHash
>;
const format = z.literal('hilum-sealed-model');

/** seal.json: `hash` is the SHA-256 of the canonical JSON of everything else in it, in every version. */
export const sealSchema = z.discriminatedUnion('version', [
  z.strictObject({ format, version: z.literal(1), files: z.strictObject(requiredHashes), hash }),
  z.strictObject({
    format,
    version: z.literal(sealVersion),
    files: z.strictObject({ ...requiredHashes, ...optionalHashes }),
    hash,
  }),
]);
export type Seal = z.infer<typeof sealSchema>;

/** Files of a sealed model with their hashes, in the order of `sealedFiles`. */
export function filesOf(seal: Seal): readonly { readonly name: SealedFile; readonly sha256: string }[] {
  const hashes: Readonly<Partial<Record<SealedFile, string>>> = seal.files;
  return sealedFiles.flatMap((name) => {
    const sha256 = hashes[name];
    return sha256 === undefined ? [] : [{ name, sha256 }];
  });
}

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

/**
 * leaky: the split or --allow-leak let patients stand on both sides; the figures measure memory.
 * unknown: trained elsewhere; nothing is known of its split.
 */
export const honesties = ['grouped', 'leaky', 'unknown'] as const;
export type ModelHonesty = (typeof honesties)[number];
/** What every surface says of a model whose honesty is unknown. */
export const trainedElsewhere = 'Trained elsewhere: its figures are not checked here.';

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
  honesty: z.enum(honesties),
  /** ISO 8601. In models of earlier versions only: with it, equal trainings made unequal models. */
  created_at: z.string().optional(),
  code_version: z.string(),
  /** Reporting checklists as far as they were known when it was sealed; models of earlier versions have none. */
  items: z.array(cardItemSchema).optional(),
  notice: z.literal(notice),
});
export type ModelCard = z.infer<typeof cardSchema>;
