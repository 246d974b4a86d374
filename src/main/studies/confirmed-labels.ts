import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../pipeline/domain/errors.ts';
import { turnsOf } from './turns.ts';

/** A person looked at a doubted label and kept it, or took that back. Bound to the pixels, not to the name of the file. */
export interface LabelReview {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reader: string;
  readonly pixelHash: string;
  readonly class: string;
  readonly kept: boolean;
}

const lineSchema = z.object({
  at: z.string(),
  reader: z.string(),
  pixelHash: z.string(),
  class: z.string(),
  kept: z.boolean(),
});

const pathOf = (state: string): string => join(state, 'confirmed-labels.jsonl');

/** Adds a line and waits for the disk. @throws HilumError `disk/…`, `config/not-writable` */
export async function addLabelReview(state: string, review: LabelReview): Promise<void> {
  const path = pathOf(state);
  await turnsOf(path)(async () => {
    try {
      const text = await textOf(path);
      const handle = await open(path, 'a', 0o600);
      try {
        // A line that a crash cut short must not swallow this one.
        const start = text === '' || text.endsWith('\n') ? '' : '\n';
        await handle.writeFile(`${start}${JSON.stringify(review)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw diskError(error, path);
    }
  });
}

/** Labels that were kept, as `confirmedKey`; the newest word on each counts. */
export async function confirmedLabels(state: string): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const line of (await textOf(pathOf(state))).split('\n')) {
    const review = reviewOf(line);
    if (review === undefined) continue;
    const key = confirmedKey(review.pixelHash, review.class);
    if (review.kept) kept.add(key);
    else kept.delete(key);
  }
  return kept;
}

export function confirmedKey(pixelHash: string, name: string): string {
  return `${pixelHash} ${name}`;
}

/** undefined for a line that a crash cut short. */
function reviewOf(line: string): LabelReview | undefined {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return '';
    throw error;
  });
}
