import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../pipeline/disk/csv.ts';
import {
  type ManifestRow,
  manifestColumns,
  manifestRowSchema,
  refusedColumns,
  splitColumns,
  splitRowSchema,
} from '../../pipeline/domain/dataset.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { artifactNames, stateNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { parsedFiles } from './parsed-files.ts';

/** Tables of this many workspaces stay in memory; the largest takes a few megabytes. */
const workspacesKept = 3;

const refusedRowSchema = z.object({ file: z.string(), code: z.string(), reason: z.string() });
/** Tables of earlier versions have no class. */
const duplicateRowSchema = z.object({ file: z.string(), duplicate_of: z.string(), class: z.string().default('') });

const manifests = tableReader(manifestColumns, manifestRowSchema, 2 * workspacesKept);
const splits = tableReader(splitColumns, splitRowSchema, workspacesKept);
const refusals = tableReader(refusedColumns, refusedRowSchema, workspacesKept);
const duplicates = tableReader(['file', 'duplicate_of'], duplicateRowSchema, workspacesKept);

/**
 * The dataset's tables, parsed once for each state of their file: whoever asks again gets the same array.
 * Each is undefined when its stage has not run. @throws HilumError `table/…`, `source/unreadable`
 */
export const datasetTables = ({ artifacts, state }: WorkspacePaths) => ({
  manifest: () => manifests(join(artifacts, artifactNames.manifest)),
  /** The manifest as ingest wrote it, before hand edits. */
  generated: () => manifests(join(state, stateNames.generatedManifest)),
  split: () => splits(join(artifacts, artifactNames.split)),
  refused: () => refusals(join(artifacts, artifactNames.refused)),
  duplicates: () => duplicates(join(artifacts, artifactNames.duplicates)),
});

/** @throws HilumError `dataset/missing` */
export async function requireManifest(paths: WorkspacePaths): Promise<readonly ManifestRow[]> {
  const rows = await datasetTables(paths).manifest();
  if (rows === undefined) throw new HilumError('dataset/missing', { file: artifactNames.manifest, command: 'ingest' });
  return rows;
}

function tableReader<T>(columns: readonly string[], schema: z.ZodType<T>, most: number) {
  return parsedFiles(async (path): Promise<readonly T[] | undefined> => {
    const text = await textOf(path);
    return text === undefined ? undefined : parseCsv(text, basename(path), columns, schema);
  }, most);
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const errno = errnoOf(error) ?? 'unknown';
    if (errno === 'ENOENT') return undefined;
    throw new HilumError('source/unreadable', { source: basename(path), errno }, { cause: error });
  }
}
