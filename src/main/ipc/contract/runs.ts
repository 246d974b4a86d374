import { z } from 'zod';
import { estimateSchema, metricsSchema } from '../../../pipeline/domain/metrics.ts';
import { outcomes } from '../../../pipeline/domain/outcome.ts';
import { runFiguresSchema } from '../../../pipeline/domain/run-figures.ts';
import { recordedEpochSchema, stageNames } from '../../../pipeline/protocol.ts';
import { call, idSchema, madeFileSchema, nothing, pageShape } from './call.ts';
import { imageRefSchema } from './images.ts';

const json = z.record(z.string(), z.unknown());
const tagSchema = z.string().trim().min(1).max(60);

/** A cell of the table: text, a figure, a figure with its interval, or nothing. */
export const cellSchema = z.union([z.string(), z.number(), z.boolean(), estimateSchema, z.null()]);
export type Cell = z.infer<typeof cellSchema>;

export const columnKinds = ['text', 'number', 'time', 'flag'] as const;
/**
 * A column that some run has a value for. `key`: `name`, `started`, `outcome`, `leaky`, `tags`, `notes`, `duration`, `split`, `data`, …;
 * `params.head.dropout`; `scan/balanced_accuracy` (as evaluated); `best loss`, `last loss`, `min loss`, `max loss` (curves of the model).
 */
export const columnSchema = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.enum(columnKinds),
  /** Which way is better; null where neither is. */
  better: z.enum(['higher', 'lower']).nullable(),
  /** Values that occur, at most 30, for completion; empty for figures. */
  values: z.array(z.string()),
});
export type Column = z.infer<typeof columnSchema>;

export const runRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum([...stageNames, 'repro', 'imported']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  outcome: z.enum(['running', ...outcomes]),
  leaky: z.boolean(),
  tags: z.array(z.string()),
  pinned: z.boolean(),
  /** In the order of the columns asked for. */
  cells: z.array(cellSchema),
});
export type RunRow = z.infer<typeof runRowSchema>;

export const artefactSchema = z.object({ path: z.string(), bytes: z.int() });

const runOriginSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('bundle'), root: z.string(), run: z.string() }),
  z.object({ from: z.literal('mlflow'), server: z.string(), experiment: z.string(), run: z.string() }),
]);

export const runSchema = runRowSchema.omit({ cells: true }).extend({
  notes: z.string(),
  params: json,
  environment: json,
  datasetHash: z.string().nullable(),
  /** Number of the label version that it used: 0 as ingest found them; null where no edit tells. */
  labelVersion: z.int().nullable(),
  splitHash: z.string().nullable(),
  contractHash: z.string().nullable(),
  backboneHash: z.string().nullable(),
  codeVersion: z.string(),
  /** `fold` 0 is the model itself. */
  epochs: z.array(z.object({ fold: z.int(), metrics: recordedEpochSchema })),
  /** Null before it was evaluated. */
  metrics: metricsSchema.nullable(),
  artefacts: z.array(artefactSchema),
  /** Model that it sealed, as `models/list` names it; null when there is none. */
  model: z.string().nullable(),
  resumable: z.boolean(),
  /** Where it was made; null: in this workspace. */
  origin: runOriginSchema.nullable(),
  /** MD5 of the dataset's folder, as dvc.lock has it. */
  dataVersion: z.string().nullable(),
  /** Sweep that it is a candidate of. */
  sweep: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** One thing that the runs were made of; `values` in the order of the runs, null where a run has none. */
export const factRowSchema = z.object({
  key: z.string(),
  part: z.enum(['params', 'data', 'split', 'contract', 'code', 'environment']),
  values: z.array(z.string().nullable()),
  differs: z.boolean(),
});
/** One figure in each run. `best`: index of the best, null where all are equal or neither way is better. */
export const figureRowSchema = z.object({
  name: z.string(),
  title: z.string(),
  level: z.enum(['scan', 'slice', 'curve']),
  class: z.string().nullable(),
  better: z.enum(['higher', 'lower']).nullable(),
  values: z.array(estimateSchema.nullable()),
  best: z.int().nullable(),
});

export const comparisonSchema = z.object({
  runs: z.array(runSchema),
  facts: z.array(factRowSchema),
  figures: z.array(figureRowSchema),
  /** What must be known before the figures are compared: different splits, leaky runs, different classes. */
  warnings: z.array(z.string()),
});
export type Comparison = z.infer<typeof comparisonSchema>;

const manyRuns = z.array(idSchema).min(1).max(500);

export const runCalls = {
  'runs/columns': call(nothing, z.object({ columns: z.array(columnSchema) })),
  /**
   * Filter language: `scan/balanced_accuracy > 0.6 and params.head.dropout = 0.2 and name ~ "crop" and not leaky`.
   * A fault of the filter is an answer with its place, not an error. Pinned runs come first.
   */
  'runs/query': call(
    z.strictObject({
      filter: z.string().max(2000),
      sort: z.strictObject({ by: z.string().max(200), descending: z.boolean() }),
      columns: z.array(z.string().max(200)).max(60),
      /** Only runs that train, or also single evaluations and stages. */
      all: z.boolean(),
      ...pageShape,
    }),
    z.object({
      total: z.int(),
      /** Runs before the filter. */
      of: z.int(),
      rows: z.array(runRowSchema),
      fault: z.object({ at: z.int(), expected: z.string() }).nullable(),
    }),
  ),
  /** What filters mean: for completion at a place of the text. */
  'runs/complete': call(
    z.strictObject({ filter: z.string().max(2000), at: z.int().min(0) }),
    z.object({ from: z.int(), to: z.int(), suggestions: z.array(z.object({ text: z.string(), help: z.string() })) }),
  ),
  'runs/get': call(z.strictObject({ run: idSchema }), z.object({ run: runSchema })),
  /** Computed from the predictions that were kept. @throws `run/no-predictions` */
  'runs/figures': call(
    z.strictObject({ run: idSchema, prevalence: z.record(z.string().max(200), z.number().min(0).max(1)).default({}) }),
    runFiguresSchema,
  ),
  'runs/compare': call(z.strictObject({ runs: z.array(idSchema).min(2).max(20) }), comparisonSchema),
  /** `notesBefore`: the text that was edited. @throws `run/changed` when somebody else wrote other notes meanwhile */
  'runs/annotate': call(
    z.strictObject({
      run: idSchema,
      name: z.string().trim().min(1).max(200).optional(),
      notes: z.strictObject({ before: z.string().max(20_000), after: z.string().max(20_000) }).optional(),
      addTags: z.array(tagSchema).max(20).optional(),
      removeTags: z.array(tagSchema).max(20).optional(),
      pinned: z.boolean().optional(),
    }),
    z.object({ run: runRowSchema.omit({ cells: true }).extend({ notes: z.string() }) }),
  ),
  /** Images of a cell of the slice confusion matrix, surest first. */
  'runs/cell': call(
    z.strictObject({ run: idSchema, truth: z.string().max(200), predicted: z.string().max(200), ...pageShape }),
    z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          image: z.string(),
          scan: z.string(),
          probabilities: z.array(z.number()),
          /** Class in the dataset now; another than `truth` after a relabel, null when the image is gone. */
          classNow: z.string().nullable(),
          /** Null when the dataset no longer holds it. */
          ref: imageRefSchema.nullable(),
        }),
      ),
    }),
  ),
  /** What deleting would free; artefacts that other runs share are kept. */
  'runs/delete-preview': call(
    z.strictObject({ runs: manyRuns }),
    z.object({ runs: z.int(), files: z.int(), bytes: z.int(), sharedFiles: z.int(), sharedBytes: z.int() }),
  ),
  /** Hides them at once; records and bytes go when `undoUntil` has passed. */
  'runs/delete': call(
    z.strictObject({ runs: manyRuns }),
    z.object({ undo: z.string(), undoUntil: z.string(), bytes: z.int() }),
  ),
  'runs/undo-delete': call(z.strictObject({ undo: idSchema }), z.object({ runs: z.int() })),
  /** One page of HTML: one run, or a comparison. */
  'runs/export': call(z.strictObject({ runs: z.array(idSchema).min(1).max(20) }), madeFileSchema),
};
