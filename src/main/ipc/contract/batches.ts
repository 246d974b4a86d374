import { z } from 'zod';
import { batchStates, outcomes, reviewDecisions } from '../../../pipeline/domain/outcome.ts';
import { modelAliases } from '../../../pipeline/domain/registry.ts';
import { reviewSchema } from '../../../pipeline/domain/review.ts';
import { call, done, idSchema, madeFileSchema, nothing, pageShape, pathSchema, readerSchema } from './call.ts';

export const batchSchema = z.object({
  id: z.string(),
  /** Last part of the folder's name. */
  title: z.string(),
  folder: z.string(),
  /** As it stood in the registry when the batch was started: nulls where it had no version or stood at no alias. */
  model: z.object({
    title: z.string(),
    seal: z.string(),
    version: z.int().nullable(),
    stoodAs: z.enum(modelAliases).nullable(),
  }),
  classes: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  outcome: z.enum(['running', ...outcomes]),
  /** Files of the list; null while it is being made. */
  files: z.int().nullable(),
  /** Files with their final rows. */
  done: z.int(),
  /** Images in each state. */
  states: z.record(z.enum(batchStates), z.int()),
  /** Images with a review. */
  reviewed: z.int(),
  /** Folder of the scans is there right now. */
  sourceThere: z.boolean(),
});
export type Batch = z.infer<typeof batchSchema>;

export const rowSchema = z.object({
  item: z.int(),
  frame: z.int(),
  file: z.string(),
  image: z.string(),
  /** Empty when it belongs to no known scan. */
  scan: z.string(),
  state: z.enum(batchStates),
  /** Null when refused. */
  class: z.string().nullable(),
  probability: z.number().nullable(),
  /** In the order of the batch's classes; empty when refused. */
  probabilities: z.array(z.number()),
  code: z.string().nullable(),
  /** Sentence for `code`. */
  reason: z.string().nullable(),
  review: reviewSchema.nullable(),
});
export type Row = z.infer<typeof rowSchema>;

export const rowFilterSchema = z.strictObject({
  states: z.array(z.enum(batchStates)).max(3).optional(),
  classes: z.array(z.string()).max(100).optional(),
  /** Probability of the answer. */
  minProbability: z.number().min(0).max(1).optional(),
  maxProbability: z.number().min(0).max(1).optional(),
  /** Part of the file name or scan, letter case ignored. */
  text: z.string().max(200).optional(),
  /** Only reviewed, or only unreviewed images. */
  reviewed: z.boolean().optional(),
  scan: z.string().max(4096).optional(),
});
export type RowFilter = z.infer<typeof rowFilterSchema>;

/** urgency: Tumor before Stone before Cyst before the rest, unsure answers of a class before sure ones of the next. */
export const rowSortKeys = ['file', 'scan', 'state', 'class', 'probability', 'urgency', 'review'] as const;
export const rowSortSchema = z.strictObject({ by: z.enum(rowSortKeys), descending: z.boolean() });
export type RowSort = z.infer<typeof rowSortSchema>;

/** One answer for a scan: mean probability over its images. */
export const scanRowSchema = z.object({
  scan: z.string(),
  class: z.string(),
  probability: z.number(),
  images: z.int(),
  review: z.int(),
  refused: z.int(),
  reviewed: z.int(),
  /** Image that shows the answer best. */
  key: z.object({ item: z.int(), frame: z.int(), image: z.string() }),
});
export type ScanRow = z.infer<typeof scanRowSchema>;

const batchOnly = z.strictObject({ batch: idSchema });
const imageOfBatch = { batch: idSchema, item: z.int().min(1), frame: z.int().min(0) };

export const batchCalls = {
  'batches/list': call(nothing, z.object({ batches: z.array(batchSchema) })),
  'batches/get': call(
    batchOnly,
    z.object({
      batch: batchSchema,
      /** Images with this answer. */
      byClass: z.record(z.string(), z.int()),
      /** Images refused or remarked upon, by code, with the sentence's general form. */
      byCode: z.array(z.object({ code: z.string(), images: z.int(), reason: z.string() })),
    }),
  ),
  /** Queues a new batch. @throws `source/…`, `model/…` before anything is queued */
  'batches/start': call(
    z.strictObject({ folder: pathSchema, model: idSchema }),
    z.object({ job: z.string(), batch: z.string().nullable() }),
  ),
  /** Goes on with the files that have no result. */
  'batches/resume': call(batchOnly, z.object({ job: z.string() })),
  'batches/rows': call(
    z.strictObject({ batch: idSchema, filter: rowFilterSchema, sort: rowSortSchema, ...pageShape }),
    z.object({ total: z.int(), rows: z.array(rowSchema) }),
  ),
  /** Where an image stands in that order; null when the filter hides it. */
  'batches/position': call(
    z.strictObject({ ...imageOfBatch, filter: rowFilterSchema, sort: rowSortSchema }),
    z.object({ offset: z.int().nullable() }),
  ),
  /** Most urgent first. */
  'batches/scans': call(
    z.strictObject({ batch: idSchema, ...pageShape }),
    z.object({ total: z.int(), scans: z.array(scanRowSchema) }),
  ),
  /** Images of the same scan (or, without one, of the same folder) in their order, the asked one among them; at most 2,000. */
  'batches/neighbours': call(
    z.strictObject(imageOfBatch),
    z.object({
      scan: z.string(),
      images: z.array(z.object({ item: z.int(), frame: z.int(), image: z.string(), class: z.string().nullable() })),
    }),
  ),
  /** Stores a reader's decision with time and model. `class` is needed for `correct`. */
  'batches/review': call(
    z.strictObject({
      ...imageOfBatch,
      decision: z.enum(reviewDecisions),
      class: z.string().nullable(),
      reader: readerSchema,
    }),
    z.object({ review: reviewSchema }),
  ),
  /** Takes this reader's newest decision on the image back; the one before it counts again. */
  'batches/undo-review': call(
    z.strictObject({ ...imageOfBatch, reader: readerSchema }),
    z.object({ review: reviewSchema.nullable() }),
  ),
  /** csv and json: byte for byte what `hilum classify --out` writes; html: the report. reviews: CSV of all decisions. */
  'batches/export': call(
    z.strictObject({ batch: idSchema, format: z.enum(['csv', 'json', 'html', 'reviews']) }),
    madeFileSchema,
  ),
  /** Takes the batch with its rows and reviews out of the records; the scans stay where they are. */
  'batches/delete': call(batchOnly, done),
};
