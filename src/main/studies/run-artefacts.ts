import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256File } from '../../pipeline/disk/hash.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import type { Records } from '../records/index.ts';

/** Notes the artifacts that a run made, by content. They are on the disk already: the stage wrote them durably. */
export async function recordArtefacts(
  records: Records,
  runId: string,
  paths: WorkspacePaths,
  names: readonly (keyof typeof artifactNames)[],
): Promise<void> {
  const files = await Promise.all(names.map((name) => filesOf(join(paths.artifacts, artifactNames[name]))));
  await recordFiles(records, runId, paths.root, files.flat());
}

/** The same for any files of the workspace. @param files absolute paths */
export async function recordFiles(
  records: Records,
  runId: string,
  root: string,
  files: readonly string[],
): Promise<void> {
  const artefacts = [];
  for (const path of files.toSorted()) {
    const { size } = await stat(path);
    const inWorkspace = relative(root, path).split(sep).join('/');
    artefacts.push({ path: inWorkspace, sha256: await sha256File(path), bytes: size });
  }
  records.artefacts.set(runId, artefacts);
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
