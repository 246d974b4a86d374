import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../disk/atomic.ts';
import { csvTable, parseCsv } from '../disk/csv.ts';
import {
  type DuplicateRow,
  duplicateColumns,
  type ManifestRow,
  manifestColumns,
  manifestRowSchema,
  type RefusedRow,
  refusedColumns,
  type SplitRow,
  splitColumns,
  splitRowSchema,
} from '../domain/dataset.ts';
import { errnoOf, HilumError } from '../domain/errors.ts';

/** @throws HilumError `disk/…`, `config/not-writable`, as every function here that writes */
export async function writeManifest(path: string, rows: readonly ManifestRow[]): Promise<void> {
  await writeTable(path, manifestColumns, rows);
}

/**
 * Class, scan and group may have been edited by hand; what would make a split dishonest is refused.
 * @throws HilumError `dataset/missing`, `table/bad-header`, `table/bad-row` (also: an image twice, a scan in two groups)
 */
export async function readManifest(path: string): Promise<ManifestRow[]> {
  const rows = await readTable(path, manifestColumns, manifestRowSchema, 'ingest');
  const groupOfScan = new Map<string, string>();
  requireEach(path, rows, (row) => {
    const group = groupOfScan.get(row.scan) ?? row.group;
    groupOfScan.set(row.scan, group);
    return group === row.group ? undefined : 'group: further up this scan stands in another group';
  });
  return rows;
}

export async function writeSplit(path: string, rows: readonly SplitRow[]): Promise<void> {
  await writeTable(path, splitColumns, rows);
}

/** @throws HilumError `dataset/missing`, `table/bad-header`, `table/bad-row` (also: an image twice) */
export async function readSplit(path: string): Promise<SplitRow[]> {
  const rows = await readTable(path, splitColumns, splitRowSchema, 'split');
  requireEach(path, rows, () => undefined);
  return rows;
}

export async function writeRefused(path: string, rows: readonly RefusedRow[]): Promise<void> {
  await writeTable(path, refusedColumns, rows);
}

/** Tables of earlier versions have no class. */
const duplicateRowSchema = z.object({ file: z.string(), duplicate_of: z.string(), class: z.string().default('') });

/** @throws HilumError `dataset/missing`, `table/bad-header`, `table/bad-row` */
export async function readDuplicates(path: string): Promise<DuplicateRow[]> {
  return readTable(path, ['file', 'duplicate_of'], duplicateRowSchema, 'ingest');
}

export async function writeDuplicates(path: string, rows: readonly DuplicateRow[]): Promise<void> {
  await writeTable(path, duplicateColumns, rows);
}

async function writeTable<Column extends string>(
  path: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number>>[],
): Promise<void> {
  const cells = rows.map((row) => columns.map((column) => row[column]));
  await writeFileAtomic(path, csvTable(columns, cells));
}

async function readTable<T>(
  path: string,
  columns: readonly string[],
  schema: z.ZodType<T>,
  madeBy: string,
): Promise<T[]> {
  const file = basename(path);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const errno = errnoOf(error) ?? 'unknown';
    if (errno === 'ENOENT') throw new HilumError('dataset/missing', { file, command: madeBy }, { cause: error });
    throw new HilumError('source/unreadable', { source: file, errno }, { cause: error });
  });
  return parseCsv(text, file, columns, schema);
}

function requireEach<T extends { readonly image: string }>(
  path: string,
  rows: readonly T[],
  fault: (row: T) => string | undefined,
): void {
  const images = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const what = images.has(row.image) ? 'image: this image was named before' : fault(row);
    if (what !== undefined) throw new HilumError('table/bad-row', { file: basename(path), line: index + 2, what });
    images.add(row.image);
  }
}
