import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { absoluteSource } from '../disk/source-path.ts';
import type { ManifestRow, SplitRow } from '../domain/dataset.ts';
import { errnoOf, HilumError } from '../domain/errors.ts';
import { frameOf } from '../domain/image.ts';
import { artifactNames, type WorkspacePaths } from '../domain/stage-inputs.ts';
import { isRefused, openSource, readManifest, readSplit, readStable } from '../files/index.ts';
import { openImage } from '../images/index.ts';
import { artifactPath, cachePaths } from './workspace-files.ts';

/** Command that makes each artifact, for "run this first". */
const maker = {
  source: 'ingest',
  training: 'train',
  outOfFold: 'train',
} as const;

/** @throws HilumError `dataset/missing` naming the command that makes the file */
export async function readArtifact(workspace: WorkspacePaths, name: keyof typeof maker): Promise<string> {
  try {
    return await readFile(artifactPath(workspace, name), 'utf8');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    throw new HilumError('dataset/missing', { file: artifactNames[name], command: maker[name] });
  }
}

export async function readManifestOf(workspace: WorkspacePaths): Promise<ManifestRow[]> {
  return readManifest(artifactPath(workspace, 'manifest'));
}

export async function readSplitOf(workspace: WorkspacePaths): Promise<SplitRow[]> {
  return readSplit(artifactPath(workspace, 'split'));
}

const sourceSchema = z.object({ source: z.string(), sha256: z.string().optional() });

/** A way to decode any image of the manifest again. Files of several frames are opened once for all their frames in a row. */
export async function openDataset(workspace: WorkspacePaths, signal: AbortSignal) {
  const { source, sha256 } = sourceSchema.parse(JSON.parse(await readArtifact(workspace, 'source')));
  const opened = await openSource(absoluteSource(workspace.root, source), {
    cacheFolder: `${cachePaths(workspace).root}/sources`,
    ...(sha256 === undefined ? {} : { sha256 }),
    signal,
  });
  const paths = new Map<string, string>();
  for await (const entry of opened.files()) if (!isRefused(entry)) paths.set(entry.file, entry.path);
  return {
    /** Size of the image's file. @throws HilumError `image/missing` */
    async bytesOf(row: ManifestRow): Promise<number> {
      const path = paths.get(row.file);
      if (path === undefined) throw new HilumError('image/missing');
      return (await stat(path)).size;
    },
    /** @throws HilumError `image/missing`, `image/unstable` when the file is not the one that was ingested */
    async decode(row: ManifestRow) {
      const path = paths.get(row.file);
      if (path === undefined) throw new HilumError('image/missing');
      const { bytes, sha256: now } = await readStable(path);
      if (now !== row.sha256) throw new HilumError('image/unstable');
      const image = await openImage(bytes, { name: row.file });
      return image.decode(frameOf(row.file, row.image));
    },
  };
}
