import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { datasetCountsSchema, type ManifestRow } from '../../pipeline/domain/dataset.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { resolveSource, type Workspace } from '../workspace/open.ts';
import { type Counts, countsByClass, countsOf, frequencies } from './dataset-counts.ts';
import { datasetTables } from './dataset-tables.ts';
import { type SplitSummary, splitSummary } from './split-summary.ts';

const sizesShown = 10;

/** What is in the dataset now, hand edits included; the files found are as ingest counted them. */
export interface DatasetSummary extends Counts {
  readonly found: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly classes: Record<string, Counts>;
  readonly domains: Record<string, number>;
  /** Accepted files by extension, lower case with the dot. */
  readonly formats: Record<string, number>;
  readonly planes: Record<string, number>;
  readonly sizes: { size: string; images: number }[];
}

export interface DatasetView {
  readonly source: string | null;
  readonly summary: DatasetSummary | null;
  readonly split: SplitSummary | null;
  /** Images whose class, scan or group a person changed. */
  readonly edits: number;
}

/** Everything about the dataset of a workspace. @throws HilumError `table/…` */
export async function describeDataset(workspace: Workspace): Promise<DatasetView> {
  const tables = datasetTables(workspace.paths);
  const [manifest, generated, split] = await Promise.all([tables.manifest(), tables.generated(), tables.split()]);
  return {
    source: await sourceOf(workspace),
    summary: manifest === undefined ? null : await summaryOf(workspace.paths, manifest),
    split: manifest === undefined || split === undefined ? null : await splitSummary(workspace, manifest, split),
    edits: manifest === undefined ? 0 : editsIn(manifest, generated ?? manifest),
  };
}

async function summaryOf({ artifacts }: WorkspacePaths, manifest: readonly ManifestRow[]): Promise<DatasetSummary> {
  const text = await readFile(join(artifacts, artifactNames.summary), 'utf8').catch(() => undefined);
  const files = [...new Set(manifest.map((row) => row.file))];
  // A manifest made by hand has no counts of its own.
  const found =
    text === undefined
      ? { found: files.length, accepted: files.length, duplicates: 0, refused: 0 }
      : datasetCountsSchema.parse(JSON.parse(text));
  return {
    found: found.found,
    accepted: found.accepted,
    duplicates: found.duplicates,
    refused: found.refused,
    ...countsOf(manifest),
    classes: countsByClass(manifest),
    domains: Object.fromEntries(frequencies(manifest.map((row) => row.domain))),
    formats: Object.fromEntries(frequencies(files.map((file) => extname(file).toLowerCase()))),
    planes: Object.fromEntries(frequencies(manifest.map((row) => row.plane))),
    sizes: frequencies(manifest.map((row) => `${row.width} x ${row.height}`))
      .slice(0, sizesShown)
      .map(([size, images]) => ({ size, images })),
  };
}

const noteSchema = z.object({ source: z.string().nullable().default(null) });

/** What config.yaml names; without it, what ingest was given last. */
async function sourceOf({ config, paths }: Workspace): Promise<string | null> {
  if (config.source !== undefined) return resolveSource(paths.root, config.source);
  const text = await readFile(join(paths.artifacts, artifactNames.source), 'utf8').catch(() => '{}');
  const { source } = noteSchema.parse(JSON.parse(text));
  return source === null ? null : resolveSource(paths.root, source);
}

/** As ingest itself tells hand edits: the same pixels under another class, scan or group. */
function editsIn(manifest: readonly ManifestRow[], generated: readonly ManifestRow[]): number {
  if (manifest === generated) return 0;
  const written = new Map(generated.map((row) => [row.image, row]));
  return manifest.filter((row) => {
    const before = written.get(row.image);
    if (before === undefined || before.pixel_hash !== row.pixel_hash) return false;
    return before.class !== row.class || before.scan !== row.scan || before.group !== row.group;
  }).length;
}
