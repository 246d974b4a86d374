import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestRow } from '../../domain/dataset.ts';
import type { DuelInput } from '../../domain/duel-input.ts';
import { HilumError, hasCode } from '../../domain/errors.ts';
import { frameOf } from '../../domain/image.ts';
import type { WorkspacePaths } from '../../domain/stage-inputs.ts';
import { isRefused, openSource, readLabels, readStable } from '../../files/index.ts';
import { openImage } from '../../images/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import { readManifestOf, readSplitOf } from '../dataset-on-disk.ts';
import { inOrder } from '../in-order.ts';
import { candidatesOf } from '../ingest/candidates.ts';
import { readFacts } from '../ingest/file-facts.ts';
import { recoverRows } from '../ingest/rows.ts';
import type { ThumbnailStore } from '../ingest/thumbnail-store.ts';
import { cachePaths } from '../workspace-files.ts';
import type { Labelled, LabelledSet } from './models.ts';

const decodersAtOnce = 4;

type OnFolder = Extract<DuelInput['on'], { kind: 'folder' }>;

/**
 * Images of a folder with class, scan and patient group, found as ingest finds them; nothing is written.
 * @throws HilumError `source/…`, `table/…`, `dataset/all-refused`
 */
export async function readLabelled(
  on: OnFolder,
  classes: readonly string[],
  signal: AbortSignal,
  report: (done: number, total: number) => void,
): Promise<LabelledSet> {
  const source = await openSource(on.source, { cacheFolder: join(cachePaths(on.workspace).root, 'sources'), signal });
  const paths = new Map<string, string>();
  for await (const entry of source.files()) if (!isRefused(entry)) paths.set(entry.file, entry.path);
  if (paths.size === 0) throw new HilumError('source/empty', { source: on.source });
  const thumbnails = storeInMemory();
  const seen: { file: string; facts: Awaited<ReturnType<typeof readFacts>>['facts'] }[] = [];
  const read = inOrder([...paths], decodersAtOnce, async ([file, path]) => {
    throwIfCancelled(signal);
    return { file, ...(await readFacts(path, file)) };
  });
  for await (const { file, facts, thumbnails: own } of read) {
    for (const each of own) thumbnails.set(each.pixelHash, each.grey);
    seen.push({ file, facts });
    report(seen.length, paths.size);
  }
  const labels = on.labels === undefined ? undefined : readLabels(await readFile(on.labels, 'utf8'), on.labels);
  const { candidates, refusals } = candidatesOf(seen, classes, labels);
  if (candidates.length === 0) throw new HilumError('dataset/all-refused', { found: seen.length });
  const { rows, duplicates } = recoverRows(candidates, thumbnails, on.scans, labels);
  const leftOut = [
    { what: 'No image, or no class of these models', images: refusals.length },
    { what: 'The same pixels as another file', images: duplicates.length },
  ];
  return {
    images: rows.map((row) => labelledOf(row, paths.get(row.file) ?? '', classes)),
    leftOut: leftOut.filter(({ images }) => images > 0),
    knownImages: await knownImages(on.workspace, rows),
  };
}

function labelledOf(row: ManifestRow, path: string, classes: readonly string[]): Labelled {
  return {
    ...{ image: row.image, scan: row.scan, group: row.group, truth: classes.indexOf(row.class) },
    async decode() {
      const { bytes } = await readStable(path);
      const opened = await openImage(bytes, { name: row.file });
      return opened.decode(frameOf(row.file, row.image));
    },
  };
}

function storeInMemory(): ThumbnailStore {
  const thumbnails = new Map<string, Uint8Array>();
  return {
    get: (hash) => thumbnails.get(hash),
    set: (hash, grey) => {
      thumbnails.set(hash, grey);
    },
    save: async () => undefined,
  };
}

/** Images whose pixels a model of this workspace may have learned from; without a dataset that cannot be told. */
async function knownImages(workspace: WorkspacePaths, rows: readonly ManifestRow[]): Promise<number | null> {
  try {
    const manifest = await readManifestOf(workspace);
    const partOf = new Map((await readSplitOf(workspace)).map(({ image, part }) => [image, part]));
    const known = new Set(manifest.flatMap((row) => (partOf.get(row.image) === 'test' ? [] : [row.pixel_hash])));
    return rows.filter((row) => known.has(row.pixel_hash)).length;
  } catch (error) {
    if (hasCode(error, 'dataset/missing')) return null;
    throw error;
  }
}
