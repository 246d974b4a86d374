import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../pipeline/domain/errors.ts';

/** One edit of the manifest by a person. */
export interface LabelVersion {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reader: string;
  readonly kind: 'relabel' | 'regroup';
  /** Images whose row changed. */
  readonly images: number;
  /** SHA-256 of manifest.csv. */
  readonly before: string;
  readonly after: string;
}

const versionSchema = z.object({ version: z.int().min(1) });
const editSchema = versionSchema.extend({ before: z.string(), after: z.string() });

/**
 * Adds a line to `.hilum/label-versions.jsonl` and waits for the disk. It is written before the manifest: no edit is
 * without its line, and a line whose `after` never came is one whose edit was cut short.
 * @returns number of the version, from 1
 * @throws HilumError `disk/…`, `config/not-writable`
 */
export async function addLabelVersion(state: string, entry: LabelVersion): Promise<number> {
  const path = join(state, 'label-versions.jsonl');
  try {
    const text = await readIfThere(path);
    const version = lastVersion(text) + 1;
    // A line that a crash cut short must not swallow this one.
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    const handle = await open(path, 'a', 0o600);
    try {
      await handle.writeFile(`${start}${JSON.stringify({ version, ...entry })}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return version;
  } catch (error) {
    throw diskError(error, path);
  }
}

/**
 * Number of the label version that a manifest of this hash is: 0 as ingest made it, before any edit; null when no edit made
 * it and none changed it.
 */
export async function labelVersionOf(state: string, manifestHash: string): Promise<number | null> {
  const lines = (await readIfThere(join(state, 'label-versions.jsonl')))
    .split('\n')
    .flatMap((line) => editOf(line) ?? []);
  const made = lines.findLast(({ after }) => after === manifestHash);
  if (made !== undefined) return made.version;
  return lines.some(({ before }) => before === manifestHash) ? 0 : null;
}

function editOf(line: string): z.infer<typeof editSchema> | undefined {
  try {
    return editSchema.parse(JSON.parse(line));
  } catch {
    // Cut short by a crash, or empty.
    return undefined;
  }
}

function lastVersion(text: string): number {
  for (const line of text.split('\n').reverse()) {
    const version = versionOf(line);
    if (version !== undefined) return version;
  }
  return 0;
}

function versionOf(line: string): number | undefined {
  try {
    return versionSchema.parse(JSON.parse(line)).version;
  } catch {
    // Cut short by a crash, or empty: the line before it counts.
    return undefined;
  }
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return '';
    throw error;
  });
}
