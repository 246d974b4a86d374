import { z } from 'zod';
import { manifestRowSchema } from '../../../pipeline/domain/dataset.ts';
import { splitStrategies } from '../../../pipeline/domain/params.ts';
import { call, countsSchema, nothing, pageShape, pathSchema, readerSchema } from './call.ts';

export const splitPartSchema = z.object({
  /** train, validation, test, or the number of a fold. */
  part: z.string(),
  classes: z.record(z.string(), countsSchema),
  all: countsSchema,
});

export const datasetSchema = z.object({
  /** What `ingest` read, or will read; null when none is set. */
  source: z.string().nullable(),
  /** Null before the first ingest. */
  summary: z
    .object({
      found: z.int(),
      accepted: z.int(),
      duplicates: z.int(),
      refused: z.int(),
      images: z.int(),
      scans: z.int(),
      groups: z.int(),
      classes: z.record(z.string(), countsSchema),
      domains: z.record(z.string(), z.int()),
      /** Files by extension of their name, lower case with the dot. */
      formats: z.record(z.string(), z.int()),
      planes: z.record(z.string(), z.int()),
      /** `512 x 512`: images; the ten most frequent. */
      sizes: z.array(z.object({ size: z.string(), images: z.int() })),
    })
    .nullable(),
  /** Null before the first split. */
  split: z
    .object({
      strategy: z.enum(splitStrategies),
      parts: z.array(splitPartSchema),
      /** Patient groups on both sides. */
      leakingGroups: z.int(),
      /** The manifest or the parameters changed since it was made. */
      stale: z.boolean(),
    })
    .nullable(),
  /** Hand edits (class, scan, group) that stand over what ingest found. */
  edits: z.int(),
});
export type Dataset = z.infer<typeof datasetSchema>;

export const datasetImageSchema = manifestRowSchema
  .pick({ image: true, class: true, scan: true, group: true, domain: true, plane: true, width: true, height: true })
  .extend({ part: z.string().nullable() });
export type DatasetImage = z.infer<typeof datasetImageSchema>;

export const datasetCalls = {
  'dataset/get': call(nothing, datasetSchema),
  /** Reads a folder, zip or https address; null: the source that is set. Sets `source:` of config.yaml. */
  'dataset/ingest': call(z.strictObject({ source: pathSchema.nullable() }), z.object({ job: z.string() })),
  /** Makes the split that params.yaml asks for, without training. */
  'dataset/split': call(nothing, z.object({ job: z.string() })),
  'dataset/refused': call(
    z.strictObject(pageShape),
    z.object({ total: z.int(), rows: z.array(z.object({ file: z.string(), code: z.string(), reason: z.string() })) }),
  ),
  'dataset/duplicates': call(
    z.strictObject(pageShape),
    z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          file: z.string(),
          duplicateOf: z.string(),
          /** Class of the file that was left out; empty where it is that of the kept one, or not known. */
          otherClass: z.string(),
        }),
      ),
    }),
  ),
  'dataset/images': call(
    z.strictObject({
      class: z.string().max(200).optional(),
      scan: z.string().max(4096).optional(),
      group: z.string().max(4096).optional(),
      part: z.string().max(20).optional(),
      ...pageShape,
    }),
    z.object({ total: z.int(), rows: z.array(datasetImageSchema) }),
  ),
  /** Groups with their scans and counts, for merging and splitting. */
  'dataset/groups': call(
    nothing,
    z.object({
      groups: z.array(
        z.object({
          group: z.string(),
          images: z.int(),
          scans: z.array(z.object({ scan: z.string(), class: z.string(), images: z.int() })),
        }),
      ),
    }),
  ),
  /** A new label version: the manifest is edited, later ingests keep it. Names the reader in the audit trail. */
  'dataset/relabel': call(
    z.strictObject({
      images: z.array(z.string().max(4096)).min(1).max(500),
      class: z.string().max(200),
      reader: readerSchema,
    }),
    z.object({ changed: z.int() }),
    4 * 1024 * 1024,
  ),
  /** Puts scans into one patient group: a name that exists merges, a new one splits them off. */
  'dataset/regroup': call(
    z.strictObject({
      scans: z.array(z.string().max(4096)).min(1).max(500),
      group: z.string().trim().min(1).max(200),
      reader: readerSchema,
    }),
    z.object({ changed: z.int() }),
    4 * 1024 * 1024,
  ),
};
