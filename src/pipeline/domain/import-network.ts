import { z } from 'zod';
import { contractSchema, cropRules, paddingRules, resizeRules, roundings } from './contract.ts';
import { domains } from './image.ts';

/** Answers have to repeat the reference this closely, in every probability of every picture. */
export const referenceTolerance = 1e-4;

/** Ranges that networks are usually trained with. `imagenet` and `caffe` have numbers of their own for each channel. */
export const rangeNames = ['0..1', '-1..1', '0..255', 'imagenet', 'caffe'] as const;
export type RangeName = (typeof rangeNames)[number];
/** Which colour the network's first channel was trained with; grey: it has one channel. */
export const channelOrders = ['rgb', 'bgr', 'grey'] as const;
export type ChannelOrder = (typeof channelOrders)[number];
export const statedRoundings = ['none', ...roundings] as const;

const threeNumbers = z.tuple([z.number(), z.number(), z.number()]);
const ownRange = z.strictObject({
  /** One number, or one for red, green and blue each. */
  mean: z.union([z.number(), threeNumbers]),
  std: z.union([z.number().positive(), threeNumbers]),
});
export const rangeSchema = z.union([z.enum(rangeNames), ownRange]);
export type Range = z.infer<typeof rangeSchema>;

/** How a person states what the network was trained with; what is left out is searched for, or has the usual value. */
export const statedContractSchema = z.strictObject({
  resize: z.enum(resizeRules).optional(),
  range: rangeSchema.optional(),
  channels: z.enum(channelOrders).optional(),
  rounding: z.enum(statedRoundings).optional(),
  classes: z.array(z.string().min(1).max(200)).min(2).max(1000).optional(),
  crop: z.enum(cropRules).default('none'),
  padding: z.enum(paddingRules).default('none'),
  domains: z.array(z.enum(domains)).min(1).default(['display']),
});
export type StatedContract = z.infer<typeof statedContractSchema>;

export const inspectNetworkInputSchema = z.object({
  /** Absolute path of a file or folder. */
  network: z.string(),
  /** Height and width where the network leaves them free. */
  size: z.int().min(16).max(1024).optional(),
});
export type InspectNetworkInput = z.infer<typeof inspectNetworkInputSchema>;

/** What was recognised, before anything is decided. */
export const networkFactsSchema = z.object({
  kind: z.enum(['keras-h5', 'tfjs-layers', 'sealed']),
  layers: z.int(),
  parameters: z.int(),
  input: z.object({ size: z.int(), channels: z.int() }),
  /** Height and width are free: the size is the one that was asked for. */
  isFreeSize: z.boolean(),
  /** How it ends as a classifier; null: it is none. */
  classifier: z.object({ classes: z.int(), ending: z.enum(['softmax', 'sigmoid', 'logits']) }).nullable(),
  /** Channels of its last feature map; null: it is no backbone. */
  backbone: z.object({ channels: z.int(), side: z.int() }).nullable(),
});
export type NetworkFacts = z.infer<typeof networkFactsSchema>;

export const importNetworkInputSchema = z.object({
  network: z.string(),
  size: z.int().min(16).max(1024).optional(),
  as: z.enum(['classifier', 'backbone']),
  /** Folder to write. */
  out: z.string(),
  title: z.string().min(1).max(200),
  /** BatchNorm goes into the convolutions before it; the answers stay the same to 1e-5. */
  fold: z.boolean(),
  stated: statedContractSchema,
  /** Pictures and what the network said of them where it was trained. */
  reference: z.object({ images: z.string(), predictions: z.string() }).optional(),
  reviewBelow: z.number().min(0).max(1),
  /** ISO 8601, for the card. */
  createdAt: z.string(),
  codeVersion: z.string(),
});
export type ImportNetworkInput = z.infer<typeof importNetworkInputSchema>;

/** One way of reading pictures, and how well the network then repeats the reference. */
export const triedContractSchema = z.object({
  resize: z.enum(resizeRules),
  rounding: z.enum(statedRoundings),
  range: rangeSchema,
  channels: z.enum(channelOrders),
  classes: z.array(z.string()),
  /** Largest difference of any probability. */
  deviation: z.number(),
  /** Share of pictures with the same first class. */
  agreement: z.number(),
  images: z.int(),
});
export type TriedContract = z.infer<typeof triedContractSchema>;
/** One way of reading pictures. */
export type Way = Pick<TriedContract, 'resize' | 'rounding' | 'range' | 'channels'>;

export const searchSchema = z.object({
  /** Best first. */
  tried: z.array(triedContractSchema),
  /** Ways that were compared. */
  ways: z.int(),
  /** The best one is close enough to be used. */
  isFound: z.boolean(),
  /** Rows of the table without a picture. */
  missing: z.int(),
  /** Share of pictures whose class the answers of the best way name, where the table has classes. */
  accuracy: z.number().nullable(),
});
export type ContractSearch = z.infer<typeof searchSchema>;

export const importedNetworkSchema = z.object({
  facts: networkFactsSchema,
  /** Null: the contract was stated, or nothing was compared. */
  search: searchSchema.nullable(),
  /** Null: it was not found, and nothing was written. */
  imported: z
    .discriminatedUnion('as', [
      z.object({ as: z.literal('classifier'), seal: z.string(), contract: contractSchema, steps: z.array(z.string()) }),
      z.object({
        as: z.literal('backbone'),
        dimensions: z.int(),
        size: z.int(),
        valueRange: z.object({ mean: z.number(), std: z.number() }),
      }),
    ])
    .nullable(),
});
export type ImportedNetworkReport = z.infer<typeof importedNetworkSchema>;

/** `-1..1`, or `mean 0.5, std 0.5`. */
export function rangeText(range: Range): string {
  return typeof range === 'string'
    ? range
    : `mean ${[range.mean].flat().join('/')}, std ${[range.std].flat().join('/')}`;
}
