import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { sha256File } from '../../src/pipeline/disk/hash.ts';
import type { Ended } from '../helpers/hilum.ts';

/** The built command line. */
export const cliFile = fileURLToPath(new URL('../../out/main/cli.cjs', import.meta.url));

/** A new folder; whoever makes it removes it. */
export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `hilum-${name}-`));
}

/** Runs one command line to its end; also before and after tests, where the helper of single tests cannot. */
export function hilumIn(cwd: string, ...words: readonly string[]): Promise<Ended> {
  const env = { ...process.env, XDG_DATA_HOME: join(cwd, '.user-data') };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cliFile, ...words],
      { cwd, env, maxBuffer: 2 ** 26 },
      (_error, out, err) => resolve({ code: child.exitCode, stdout: out, stderr: err }),
    );
  });
}

/** The same for a command that must succeed. @returns what it prints as JSON */
export async function jsonOf(cwd: string, ...words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await hilumIn(cwd, ...words, '--json');
  if (code !== 0) throw new Error(`hilum ${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

export interface StudyOptions {
  readonly scans?: number;
  readonly slices?: number;
  readonly format?: string;
  readonly epochs?: number;
}

/**
 * `images/` with phantom scans and a workspace `study/` on them, small enough that every stage takes a second.
 * @returns the workspace
 */
export async function makeStudy(folder: string, options: StudyOptions = {}): Promise<string> {
  const { scans = 4, slices = 8, format = 'jpeg', epochs = 6 } = options;
  const counts = ['--scans', String(scans), '--slices', String(slices), '--size', '128'];
  await jsonOf(folder, 'phantom', 'images', ...counts, '--format', format);
  await jsonOf(folder, 'init', 'study', '--source', 'images');
  const study = join(folder, 'study');
  await setParams(study, { size: '96', epochs: String(epochs), patience: '0', resamples: '200' });
  return study;
}

/** Replaces values in params.yaml by key, as a person would. */
export async function setParams(study: string, values: Readonly<Record<string, string>>): Promise<void> {
  const path = join(study, 'params.yaml');
  let text = await readFile(path, 'utf8');
  for (const [key, value] of Object.entries(values)) {
    const line = new RegExp(`^(\\s*${key}:).*$`, 'm');
    if (!line.test(text)) throw new Error(`params.yaml has no key ${key}`);
    text = text.replace(line, `$1 ${value}`);
  }
  await writeFile(path, text);
}

export type CsvRow = Record<string, string>;

export async function readCsv(path: string): Promise<CsvRow[]> {
  return Papa.parse<CsvRow>(await readFile(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
}

export async function writeCsv(path: string, rows: readonly CsvRow[]): Promise<void> {
  await writeFile(path, `${Papa.unparse([...rows], { newline: '\n' })}\n`);
}

/** Every file below a folder with the hash of its content; folders end in `/`. */
export async function treeOf(folder: string, except: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const lines = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (except.test(name)) return [];
    return [entry.isDirectory() ? `${name}/` : `${name} ${await sha256File(path)}`];
  });
  return (await Promise.all(lines)).flat().sort();
}
