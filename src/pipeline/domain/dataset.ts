import { z } from 'zod';
import { domains, planes } from './image.ts';

/** One row of manifest.csv; column order is fixed, others read it. */
export const manifestColumns = [
  'file',
  'image',
  'sha256',
  'pixel_hash',
  'class',
  'scan',
  'group',
  'domain',
  'plane',
  'width',
  'height',
] as const;

export const manifestRowSchema = z.object({
  /** Path below the source, `/` between folders. */
  file: z.string().min(1),
  /** `file`, or `file#frame` in a file of several frames. */
  image: z.string().min(1),
  sha256: z.string(),
  pixel_hash: z.string(),
  class: z.string().min(1),
  scan: z.string().min(1),
  group: z.string().min(1),
  domain: z.enum(domains),
  plane: z.enum(planes),
  width: z.coerce.number().int().positive(),
  height: z.coerce.number().int().positive(),
});
export type ManifestRow = z.infer<typeof manifestRowSchema>;

export const refusedColumns = ['file', 'code', 'reason'] as const;
export interface RefusedRow {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
}

export const duplicateColumns = ['file', 'duplicate_of', 'class'] as const;
export interface DuplicateRow {
  readonly file: string;
  readonly duplicate_of: string;
  /** Of the file that was left out, by its folder or label: another one than the kept file's is a contradiction. */
  readonly class: string;
}

/** Part of a split: train, validation, test, or the number of a fold (1-based). */
export const splitColumns = ['image', 'part'] as const;
export const splitRowSchema = z.object({
  image: z.string().min(1),
  part: z.string().regex(/^(train|validation|test|[1-9][0-9]*)$/, 'expected train, validation, test or a fold number'),
});
export type SplitRow = z.infer<typeof splitRowSchema>;

export const ingestSummarySchema = z.object({
  /** Files found = accepted + duplicates + refused. Counted in files; images counts frames and slices. */
  found: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  /** Files read again because they are new or their size, time or inode differs from the last ingest. */
  changed: z.int(),
  images: z.int(),
  scans: z.int(),
  groups: z.int(),
  classes: z.record(z.string(), z.object({ images: z.int(), scans: z.int(), groups: z.int() })),
  domains: z.record(z.string(), z.int()),
});
export type IngestSummary = z.infer<typeof ingestSummarySchema>;

/** summary.json: the same bytes for the same files, whatever was known of them before. */
export const datasetCountsSchema = ingestSummarySchema.omit({ changed: true });
