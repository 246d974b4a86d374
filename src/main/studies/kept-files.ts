import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type Metrics, metricsSchema } from '../../pipeline/domain/metrics.ts';
import { keptFolder, keptNames } from './kept.ts';

/** @throws HilumError `records/corrupt`: an id of records from elsewhere must not lead out of the folder */
export function keptFolderOf(state: string, run: string): string {
  if (!/^[\w-]+$/.test(run)) throw new HilumError('records/corrupt', { what: 'the id of a run' });
  return keptFolder(state, run);
}

/** metrics.json of a run as evaluate wrote it; null when it is absent or damaged: the figures in the records stay. */
export async function readKeptMetrics(state: string, run: string): Promise<Metrics | null> {
  return readKept(join(keptFolderOf(state, run), keptNames.metrics), metricsSchema);
}

/** Seal of the model that a run made; null when it made none, or none is kept. */
export async function readKeptSeal(state: string, run: string): Promise<string | null> {
  const kept = await readKept(join(keptFolderOf(state, run), keptNames.model), sealSchema);
  return kept?.seal ?? null;
}

const sealSchema = z.object({ seal: z.string().regex(/^[0-9a-f]{64}$/) });

async function readKept<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
