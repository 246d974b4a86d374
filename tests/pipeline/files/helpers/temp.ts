import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileSource, SourceEntry } from '../../../../src/pipeline/files/index.ts';

/** A new folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hilum-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function entriesOf(source: FileSource): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for await (const entry of source.files()) entries.push(entry);
  return entries;
}

/** file → code for what was refused, file → 'file' for the rest. */
export function outcomes(entries: readonly SourceEntry[]): Record<string, string> {
  return Object.fromEntries(entries.map((entry) => [entry.file, 'refused' in entry ? entry.refused : 'file']));
}

/** Everything below a folder with its kind and content, to see whether anything was touched. */
export async function snapshot(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const stats = await lstat(path);
    const content = stats.isFile()
      ? (await readFile(path)).toString('base64')
      : stats.isSymbolicLink()
        ? `-> ${await readlink(path)}`
        : 'folder';
    lines.push(`${name} ${content}`);
  }
  return lines;
}

/** The code of the HilumError that a promise fails with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw error;
  }
}
