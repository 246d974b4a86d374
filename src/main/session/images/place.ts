import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ManifestRow } from '../../../pipeline/domain/dataset.ts';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { frameOf } from '../../../pipeline/domain/image.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import type { ImageRef } from '../../ipc/contract.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import { isAddress, resolveSource } from '../../workspace/open.ts';
import { isWithin } from '../../workspace/within.ts';
import type { Session } from '../session.ts';

/** An image on the disk. */
export interface ImagePlace {
  readonly path: string;
  /** Name, for what its extension promises. */
  readonly file: string;
  /** 0-based. */
  readonly frame: number;
  /** The same image has the same key for as long as the program runs. */
  readonly key: string;
}

const sourceSchema = z.object({ source: z.string() });

/**
 * Where an image lies that the records or the manifest name: the page itself never names a path.
 * @throws HilumError `batch/unknown`, `review/no-image`, `dataset/missing`, `source/packed`, `image/missing`
 */
export async function placeOf(session: Session, ref: ImageRef): Promise<ImagePlace> {
  if (ref.of === 'batch') {
    const { records } = session.study;
    records.batches.get(ref.batch);
    const { path, file } = records.batchQueries.placeOf(ref);
    return { path, file, frame: ref.frame, key: `${ref.batch} ${ref.item} ${ref.frame}` };
  }
  const { paths } = session.study.workspace;
  const rows = imagesByName(await requireManifest(paths));
  const row = rows.get(ref.image);
  if (row === undefined) throw new HilumError('image/missing');
  const { source } = await readSource(join(paths.artifacts, artifactNames.source));
  const frame = frameOf(row.file, row.image);
  const path = await pathBelow(resolveSource(paths.root, source), row.file);
  return { path, file: row.file, frame, key: `${row.sha256} ${frame}` };
}

const named = new WeakMap<readonly ManifestRow[], ReadonlyMap<string, ManifestRow>>();

/** The manifest is the same array until its file changes. */
function imagesByName(rows: readonly ManifestRow[]): ReadonlyMap<string, ManifestRow> {
  const known = named.get(rows) ?? new Map(rows.map((row) => [row.image, row]));
  named.set(rows, known);
  return known;
}

async function readSource(path: string): Promise<z.infer<typeof sourceSchema>> {
  try {
    return sourceSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new HilumError('dataset/missing', { file: artifactNames.source, command: 'ingest' }, { cause: error });
  }
}

/** The manifest is a file that anybody may edit: what it names counts only below the source, links followed. */
async function pathBelow(source: string, file: string): Promise<string> {
  try {
    if (isAddress(source) || !(await stat(source)).isDirectory()) throw new HilumError('source/packed');
    const root = await realpath(source);
    const path = await realpath(join(root, file));
    if (isWithin(root, path)) return path;
  } catch (error) {
    if (error instanceof HilumError || errnoOf(error) === undefined) throw error;
  }
  throw new HilumError('image/missing');
}
