import { z } from 'zod';
import type { ErrorCode } from './domain/error-table.ts';
import { isErrorCode } from './domain/errors.ts';
import { batchStates } from './domain/outcome.ts';

/** Stages that the worker runs; the same names stand in dvc.yaml. */
export const stageNames = [
  'ingest',
  'split',
  'prepare',
  'train',
  'evaluate',
  'classify',
  'report',
  'phantom',
  'verify',
  'view',
  'speed',
  'backbones',
  'validate',
  'leak-meter',
  'shortcuts',
  'training-cost',
  'probe',
  'augment-preview',
  'suspects',
  'duel',
  'explain',
  'trust',
  'neighbours',
  'inspect-network',
  'import-network',
  'figures',
  'export-model',
] as const;
export type StageName = (typeof stageNames)[number];

export const errorCode = z.custom<ErrorCode>(
  (value) => typeof value === 'string' && isErrorCode(value),
  'unknown error code',
);
export const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.undefined()]));

/** One image's result in a batch; a refused file has one row with a code. */
export const batchRowSchema = z.object({
  frame: z.int().min(0),
  image: z.string(),
  scan: z.string(),
  group: z.string(),
  state: z.enum(batchStates),
  /** Index of the class, null when refused. */
  predicted: z.int().nullable(),
  /** Probability of each class in the model's order; empty when refused. */
  probabilities: z.array(z.number()),
  code: errorCode.nullable(),
  facts: factsSchema,
});
export type BatchRow = z.infer<typeof batchRowSchema>;

export const batchResultSchema = z.object({
  item: z.int(),
  sha256: z.string().nullable(),
  rows: z.array(batchRowSchema).min(1),
});
export type BatchResult = z.infer<typeof batchResultSchema>;

export const epochMetricsSchema = z.object({
  epoch: z.int().min(1),
  learning_rate: z.number(),
  loss: z.number(),
  accuracy: z.number(),
  balanced_accuracy: z.number(),
  validation_loss: z.number().nullable(),
  validation_accuracy: z.number().nullable(),
  validation_balanced_accuracy: z.number().nullable(),
  elapsed_ms: z.number(),
});
export type EpochRow = z.infer<typeof epochMetricsSchema>;

const known = z.number().nullable();
/** An epoch as records have it: of a run from elsewhere only some figures are known. */
export const recordedEpochSchema = epochMetricsSchema.extend({
  ...{ learning_rate: known, loss: known, accuracy: known, balanced_accuracy: known, elapsed_ms: known },
});
export type RecordedEpoch = z.infer<typeof recordedEpochSchema>;

/** What a stage says while it runs. Each is acknowledged when the supervisor has stored it. */
export const stageEventSchema = z.discriminatedUnion('kind', [
  /** `fold` 0: the model itself; 1..k: a cross-validation fold. */
  z.object({ kind: z.literal('epoch'), fold: z.int().min(0), metrics: epochMetricsSchema }),
  z.object({ kind: z.literal('results'), results: z.array(batchResultSchema) }),
  z.object({ kind: z.literal('note'), text: z.string() }),
]);
export type StageEvent = z.infer<typeof stageEventSchema>;

export const batchItemSchema = z.object({
  item: z.int(),
  /** Absolute path on disk. */
  path: z.string(),
  /** Logical name below the batch's folder. */
  file: z.string(),
});
export type BatchItem = z.infer<typeof batchItemSchema>;

export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), id: z.string(), stage: z.enum(stageNames), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.string() }),
  z.object({ type: z.literal('ack'), id: z.string(), seq: z.int() }),
  z.object({ type: z.literal('items'), id: z.string(), items: z.array(batchItemSchema), last: z.boolean() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

const progressSchema = z.object({ step: z.string(), done: z.number(), total: z.number(), fraction: z.number() });

export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), pid: z.int() }),
  z.object({ type: z.literal('progress'), id: z.string(), progress: progressSchema }),
  z.object({ type: z.literal('event'), id: z.string(), seq: z.int(), event: stageEventSchema }),
  z.object({
    type: z.literal('done'),
    id: z.string(),
    outcome: z.enum(['completed', 'cancelled']),
    value: z.unknown(),
  }),
  z.object({ type: z.literal('failed'), id: z.string(), error: z.object({ code: errorCode, facts: factsSchema }) }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;

/**
 * Asks a worker to end where there is no channel that could be closed (Electron's utility process). It stands beside the
 * protocol: the channel takes it, and no stage ever sees it.
 */
export const endMessage = 'hilum/end';

/** The worker's black box: which items it holds right now, readable after a crash. Slots of int32 little-endian, 0 = free. */
export const blackBoxSlots = 16;
