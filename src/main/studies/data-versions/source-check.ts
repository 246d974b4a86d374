import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256File } from '../../../pipeline/disk/hash.ts';
import type { ManifestRow } from '../../../pipeline/domain/dataset.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames, type WorkspacePaths } from '../../../pipeline/domain/stage-inputs.ts';
import { isAddress, resolveSource } from '../../workspace/open.ts';

/** Whether the images that a dataset names are still what they were. Only its tables are versioned, never the images. */
export interface SourceCheck {
  /** `packed`: an archive or address, whose files are not looked at one by one; `absent`: nothing is there. */
  readonly source: 'folder' | 'packed' | 'absent';
  /** Files of the manifest. */
  readonly files: number;
  readonly missing: readonly string[];
  /** Other content under the same name. */
  readonly changed: readonly string[];
}

const readersAtOnce = 8;

/**
 * Compares every file of a manifest with the source that its dataset was read from. What ingest saw with the same size,
 * time and inode is not read again.
 * @throws HilumError `cancelled/by-user`
 */
export async function checkSource(
  paths: WorkspacePaths,
  rows: readonly ManifestRow[],
  signal: AbortSignal,
): Promise<SourceCheck> {
  const expected = [...new Map(rows.map(({ file, sha256 }) => [file, sha256]))];
  const files = expected.length;
  const source = await sourceOf(paths);
  const nothing = { files, missing: [], changed: [] };
  if (source === null) return { source: 'absent', ...nothing };
  if (isAddress(source)) return { source: 'packed', ...nothing };
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) return { source: 'absent', ...nothing };
  if (!found.isDirectory()) return { source: 'packed', ...nothing };
  const known = await knownHashes(paths);
  const missing: string[] = [];
  const changed: string[] = [];
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let entry = expected[next++]; entry !== undefined; entry = expected[next++]) {
      if (signal.aborted) throw new HilumError('cancelled/by-user');
      const [file, sha256] = entry;
      const now = await hashNow(join(source, ...file.split('/')), known.get(file));
      if (now === undefined) missing.push(file);
      else if (now !== sha256) changed.push(file);
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
  return { source: 'folder', files, missing: missing.sort(), changed: changed.sort() };
}

interface KnownFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly sha256: string;
}

async function hashNow(path: string, known: KnownFile | undefined): Promise<string | undefined> {
  const state = await stat(path).catch(() => undefined);
  if (state?.isFile() !== true) return undefined;
  const same = state.size === known?.size && state.mtimeMs === known.mtimeMs && state.ino === known.ino;
  return same ? known.sha256 : sha256File(path).catch(() => undefined);
}

const noteSchema = z.object({ source: z.string().nullable().default(null) });

/** The source is part of the version: source.json lies beside the manifest. */
async function sourceOf({ artifacts, root }: WorkspacePaths): Promise<string | null> {
  const text = await readFile(join(artifacts, artifactNames.source), 'utf8').catch(() => '{}');
  const { source } = noteSchema.parse(JSON.parse(text));
  return source === null ? null : resolveSource(root, source);
}

const factsSchema = z.array(
  z.tuple([z.string(), z.number(), z.number(), z.number(), z.looseObject({ sha256: z.string().optional() })]),
);

/** What the last ingest read; its cache only saves time, so whatever is wrong with it makes it empty. */
async function knownHashes({ state }: WorkspacePaths): Promise<Map<string, KnownFile>> {
  const known = new Map<string, KnownFile>();
  try {
    const text = await readFile(join(state, 'cache', 'file-facts.json'), 'utf8');
    for (const [file, size, mtimeMs, ino, { sha256 }] of factsSchema.parse(
      JSON.parse(text.slice(text.indexOf('\n') + 1)),
    )) {
      if (sha256 !== undefined) known.set(file, { size, mtimeMs, ino, sha256 });
    }
  } catch {
    known.clear();
  }
  return known;
}
