import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { requireWritable, writeFileAtomic, writeFolderAtomic } from '../disk/atomic.ts';
import { sha256 } from '../disk/hash.ts';
import {
  type DuplicateRow,
  datasetCountsSchema,
  type IngestSummary,
  type ManifestRow,
  type RefusedRow,
} from '../domain/dataset.ts';
import { HilumError, sentenceOf } from '../domain/errors.ts';
import { nearestName } from '../domain/names.ts';
import { artifactNames, type IngestInput, ingestInputSchema } from '../domain/stage-inputs.ts';
import {
  type FileSource,
  isRefused,
  type Label,
  openSource,
  openStatCache,
  readLabels,
  readManifest,
  type StatCache,
  writeDuplicates,
  writeManifest,
  writeRefused,
} from '../files/index.ts';
import { stepProgress } from '../progress.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { inOrder } from './in-order.ts';
import { type Candidate, candidatesOf, type Refusal } from './ingest/candidates.ts';
import { handEdits, readIfThere, withEdits } from './ingest/edits.ts';
import {
  type FileFacts,
  fileFactsSchema,
  isReadable,
  readerVersion,
  readFacts,
  refusedFacts,
} from './ingest/file-facts.ts';
import { recoverRows } from './ingest/rows.ts';
import { openThumbnailStore, type ThumbnailStore } from './ingest/thumbnail-store.ts';
import type { Stage } from './stage.ts';
import { artifactPath, cachePaths, generatedManifestPath, lastIngestPath } from './workspace-files.ts';

const decodersAtOnce = 4;

/** Raised when a table of the dataset gets another column, so that the next ingest writes it anew. */
const tablesVersion = 2;

/** One file with what reading it (now or at an earlier ingest) has told. */
interface SeenFile {
  readonly file: string;
  readonly facts: FileFacts;
  readonly changed: boolean;
}

/**
 * Folder, zip or address → dataset: manifest.csv, refused.csv, duplicates.csv, summary.json.
 * Every file found ends as accepted, duplicate or refused. Unchanged files are known by size, time and inode and not read
 * again; what a person edited in manifest.csv (class, scan, group) is kept.
 * @throws HilumError `source/…`, `dataset/all-refused`, `dataset/empty-class`, `disk/…`
 */
export const ingest: Stage<IngestInput> = {
  input: ingestInputSchema,
  async run(input, context): Promise<IngestSummary> {
    await requireWritable(input.workspace.artifacts);
    const caches = cachePaths(input.workspace);
    const generatedPath = generatedManifestPath(input.workspace);
    const progress = stepProgress(
      [
        { name: 'Reading files', weight: 9 },
        { name: 'Recovering scans', weight: 1 },
      ],
      context.report,
    );
    const labels = input.labels === undefined ? undefined : readLabels(await readLabelFile(input.labels), input.labels);
    const source = await openSource(input.source, {
      cacheFolder: join(caches.root, 'sources'),
      ...(input.sha256 === undefined ? {} : { sha256: input.sha256 }),
      signal: context.signal,
    });
    const statCache = await openStatCache(caches.fileFacts, fileFactsSchema, readerVersion);
    const thumbnails = await openThumbnailStore(caches.thumbnails);
    const seen = await readAll(source, statCache, thumbnails, context, progress.at).finally(async () => {
      // A cancelled or failed ingest keeps what it has read.
      await statCache.save();
      await thumbnails.save();
    });
    if (seen.length === 0) throw new HilumError('source/empty', { source: input.source });

    const fingerprint = fingerprintOf(input, seen, labels);
    const changed = seen.filter((each) => each.changed).length;
    const earlier = changed === 0 ? await earlierSummary(input, fingerprint) : undefined;
    if (earlier !== undefined) return { ...earlier, changed: 0 };

    const { candidates, refusals } = candidatesOf(seen, input.classes, labels);
    const { rows: generated, duplicates } = recoverRows(candidates, thumbnails, input.params.scans, labels);
    progress.at('Recovering scans', 1, 1);
    throwIfCancelled(context.signal);
    await tellContradictions(generated, duplicates, context);
    const edits = await editsOfUser(artifactPath(input.workspace, 'manifest'), generatedPath);
    const rows = withEdits(generated, edits);
    const summary = summarise(seen.length, rows, duplicates, refusals, changed);
    requireUsable(summary, candidates, refusals, input.classes);

    const { changed: _changed, ...counts } = summary;
    const text = `${JSON.stringify(counts, null, 2)}\n`;
    await writeDataset(input, rows, duplicates, refusals, text);
    await writeManifest(generatedPath, generated);
    await writeFileAtomic(lastIngestPath(input.workspace), JSON.stringify({ fingerprint, summary: sha256(text) }));
    return summary;
  },
};

/** The same picture under two classes: one of them is wrong, and whichever file came first was kept. */
async function tellContradictions(
  rows: readonly ManifestRow[],
  duplicates: readonly DuplicateRow[],
  context: StageContext,
): Promise<void> {
  const classOfFile = new Map(rows.map((row) => [row.file, row.class]));
  const count = duplicates.filter((each) => classOfFile.get(each.duplicate_of) !== each.class).length;
  if (count === 0) return;
  const text = `The same pixels lie under two classes in ${count} file(s): \`hilum suspects\` lists them first.`;
  await context.emit({ kind: 'note', text });
}

async function readLabelFile(path: string): Promise<string> {
  const text = await readIfThere(path);
  if (text === undefined) throw new HilumError('source/missing', { source: path });
  return text;
}

async function readAll(
  source: FileSource,
  statCache: StatCache<FileFacts>,
  thumbnails: ThumbnailStore,
  context: StageContext,
  report: (step: string, done: number, total: number) => void,
): Promise<SeenFile[]> {
  const entries = [];
  for await (const entry of source.files()) {
    throwIfCancelled(context.signal);
    entries.push(entry);
  }
  const seen: SeenFile[] = [];
  const results = inOrder(entries, decodersAtOnce, async (entry): Promise<SeenFile> => {
    throwIfCancelled(context.signal);
    if (isRefused(entry)) {
      return { file: entry.file, facts: refusedFacts({ code: entry.refused, facts: entry.facts }), changed: false };
    }
    const known = statCache.get(entry.file, entry);
    if (known !== undefined && hasThumbnails(known, thumbnails))
      return { file: entry.file, facts: known, changed: false };
    const read = await readFacts(entry.path, entry.file);
    for (const each of read.thumbnails) thumbnails.set(each.pixelHash, each.grey);
    statCache.set(entry.file, entry, read.facts);
    return { file: entry.file, facts: read.facts, changed: true };
  });
  for await (const each of results) {
    seen.push(each);
    report('Reading files', seen.length, entries.length);
  }
  statCache.dropUnseen();
  return seen;
}

/** Scans are recovered from thumbnails: a file whose thumbnails are lost is read again. */
function hasThumbnails(facts: FileFacts, thumbnails: ThumbnailStore): boolean {
  return !isReadable(facts) || facts.frames.every((frame) => thumbnails.get(frame.pixelHash) !== undefined);
}

/** What the dataset depends on besides the files' content: when it is equal and no file changed, the dataset stands. */
function fingerprintOf(
  input: IngestInput,
  seen: readonly SeenFile[],
  labels: ReadonlyMap<string, Label> | undefined,
): string {
  const files = seen.map((each) => each.file).join('\n');
  const told = [input.source, input.classes, input.params.scans, labels === undefined ? [] : [...labels], files];
  return sha256(JSON.stringify([...told, tablesVersion]));
}

const lastIngestSchema = z.object({ fingerprint: z.string(), summary: z.string() });

async function manifestIfThere(path: string): Promise<ManifestRow[] | undefined> {
  return existsSync(path) ? readManifest(path) : undefined;
}

async function earlierSummary(input: IngestInput, fingerprint: string): Promise<IngestSummary | undefined> {
  const text = await readIfThere(artifactPath(input.workspace, 'summary'));
  const note = await readIfThere(lastIngestPath(input.workspace));
  if (text === undefined || note === undefined) return undefined;
  const last = lastIngestSchema.parse(JSON.parse(note));
  // A dataset that came from a cache or another machine is not the one that was made here last.
  if (last.fingerprint !== fingerprint || last.summary !== sha256(text)) return undefined;
  const rows = await manifestIfThere(artifactPath(input.workspace, 'manifest'));
  if (rows === undefined) return undefined;
  return { ...datasetCountsSchema.parse(JSON.parse(text)), changed: 0, ...countsOf(rows) };
}

async function editsOfUser(manifestPath: string, generatedPath: string) {
  const current = await manifestIfThere(manifestPath);
  const generated = await manifestIfThere(generatedPath);
  if (current === undefined || generated === undefined) return new Map();
  return handEdits(generated, current);
}

function countsOf(
  rows: readonly ManifestRow[],
): Pick<IngestSummary, 'images' | 'scans' | 'groups' | 'classes' | 'domains'> {
  const classes: IngestSummary['classes'] = {};
  for (const name of [...new Set(rows.map((row) => row.class))].sort()) {
    const own = rows.filter((row) => row.class === name);
    classes[name] = { images: own.length, scans: distinct(own, 'scan'), groups: distinct(own, 'group') };
  }
  const domains: Record<string, number> = {};
  for (const row of rows) domains[row.domain] = (domains[row.domain] ?? 0) + 1;
  return { images: rows.length, scans: distinct(rows, 'scan'), groups: distinct(rows, 'group'), classes, domains };
}

function distinct(rows: readonly ManifestRow[], key: 'scan' | 'group' | 'file'): number {
  return new Set(rows.map((row) => row[key])).size;
}

function summarise(
  found: number,
  rows: readonly ManifestRow[],
  duplicates: readonly DuplicateRow[],
  refusals: readonly Refusal[],
  changed: number,
): IngestSummary {
  return {
    found,
    accepted: distinct(rows, 'file'),
    duplicates: duplicates.length,
    refused: refusals.length,
    changed,
    ...countsOf(rows),
  };
}

function requireUsable(
  summary: IngestSummary,
  candidates: readonly Candidate[],
  refusals: readonly Refusal[],
  classes: readonly string[] | undefined,
): void {
  // A misspelled class refuses every file of its folder: one of these folders is what was meant.
  const unnamed = refusals.filter(({ code }) => code === 'image/no-class' || code === 'image/unknown-class');
  if (candidates.length === 0 && unnamed.length === 0)
    throw new HilumError('dataset/all-refused', { found: summary.found });
  const present = Object.keys(summary.classes);
  const empty = classes?.find((name) => !present.includes(name));
  if (empty === undefined) return;
  const known = [...present, ...unnamed.flatMap(({ file }) => file.split('/').slice(0, -1))];
  throw new HilumError('dataset/empty-class', { class: empty, nearest: nearestName(empty, known) });
}

async function writeDataset(
  input: IngestInput,
  rows: readonly ManifestRow[],
  duplicates: readonly DuplicateRow[],
  refusals: readonly Refusal[],
  summary: string,
): Promise<void> {
  const refused: RefusedRow[] = refusals.map(({ file, code, facts }) => ({
    file,
    code,
    reason: sentenceOf(code, facts),
  }));
  const name = (key: keyof typeof artifactNames) => artifactNames[key].slice('dataset/'.length);
  await writeFolderAtomic(dirname(artifactPath(input.workspace, 'manifest')), async (folder) => {
    await writeManifest(join(folder, name('manifest')), rows);
    await writeRefused(join(folder, name('refused')), refused);
    await writeDuplicates(join(folder, name('duplicates')), duplicates);
    await writeFileAtomic(join(folder, name('summary')), summary);
    const source = {
      source: input.writtenSource ?? input.source,
      ...(input.sha256 === undefined ? {} : { sha256: input.sha256 }),
    };
    await writeFileAtomic(join(folder, name('source')), `${JSON.stringify(source, null, 2)}\n`);
  });
}
