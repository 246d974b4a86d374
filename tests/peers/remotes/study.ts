import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { hilum } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { keys, quiet } from './peer.ts';

export const env = { ...quiet, ...keys };

/** A study on the phantom, read and divided: what is dear to make is not what is tested here. */
export async function makeStudy(): Promise<string> {
  const folder = temporaryFolder();
  const root = join(folder, 'study');
  await run(folder, 'phantom', 'images', '--scans', '3', '--slices', '2', '--size', '64', '--format', 'png');
  await run(folder, 'init', root, '--source', join(folder, 'images'));
  await run(root, 'ingest');
  await run(root, 'split');
  return root;
}

/** Runs the built command line to a good end. @returns its JSON */
export async function run(cwd: string, ...words: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await hilum([...words, '--json'], { cwd, env });
  expect(code, `hilum ${words.join(' ')}: ${stderr}`).toBe(0);
  return JSON.parse(stdout);
}

export const movedSchema = z.object({
  moved: z.int(),
  there: z.int(),
  missing: z.array(z.string()),
  corrupt: z.array(z.string()),
});

export async function moved(cwd: string, ...words: readonly string[]) {
  return movedSchema.parse(await run(cwd, ...words));
}

/** Outputs that are pushed and pulled, byte by byte. */
export function outputsOf(root: string): Record<string, string> {
  const artifacts = join(root, 'artifacts');
  const names = readdirSync(artifacts, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length), readFileSync(path, 'base64')]));
}

/** As on another machine: neither cache nor outputs. */
export function forgetData(root: string): void {
  rmSync(join(root, '.dvc/cache'), { recursive: true, force: true });
  rmSync(join(root, 'artifacts'), { recursive: true, force: true });
}
