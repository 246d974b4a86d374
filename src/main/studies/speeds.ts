import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { probeSchema } from '../../pipeline/domain/training-cost.ts';

const perSecond = z.number().positive();

/** What this machine was measured to do; a speed that was never measured is missing. */
const speedsSchema = z.object({
  version: z.literal(1),
  /** Features an image a second, by `backbone@size`. */
  features: z.record(z.string(), perSecond).default({}),
  /** Work units of head training a second (see `headWork`). */
  head: perSecond.optional(),
  /** Seconds of an epoch besides that work: its checkpoint and records. */
  epochRest: z.number().min(0).optional(),
  /** Images that evaluate predicts a second, by `backbone@size`. */
  evaluate: z.record(z.string(), perSecond).default({}),
  /** Images times resamples a second. */
  bootstrap: perSecond.optional(),
  /** Probes of fine-tuning, by `probeKey`. */
  fineTuning: z.record(z.string(), probeSchema).default({}),
  /** Everything else of a run: processes that start, the split, the base model, sealing. Seconds. */
  rest: z.number().min(0).optional(),
});
export type Speeds = z.infer<typeof speedsSchema>;

export const nothingMeasured: Speeds = { version: 1, features: {}, evaluate: {}, fineTuning: {} };

const pathOf = (state: string): string => join(state, 'cache', 'speed.json');

/** A missing or damaged file: nothing was measured. */
export async function readSpeeds(state: string): Promise<Speeds> {
  try {
    return speedsSchema.parse(JSON.parse(await readFile(pathOf(state), 'utf8')));
  } catch {
    // Only an estimate rests on it; the next run measures again.
    return nothingMeasured;
  }
}

/** Adds what was measured to what is known. Never fails: the file only makes estimates better. */
export async function saveSpeeds(state: string, measured: Speeds): Promise<void> {
  const before = await readSpeeds(state);
  const speeds: Speeds = {
    ...before,
    ...measured,
    features: { ...before.features, ...measured.features },
    evaluate: { ...before.evaluate, ...measured.evaluate },
    fineTuning: { ...before.fineTuning, ...measured.fineTuning },
  };
  await writeFileAtomic(pathOf(state), `${JSON.stringify(speeds, null, 2)}\n`).catch(() => undefined);
}

/** Speeds of pixels depend on the backbone and its input. */
export function pixelKey(backbone: string, size: number): string {
  return `${backbone}@${size}`;
}

/**
 * Work of one epoch of the head: images times the numbers that each brings through the first layer; a hidden layer's
 * units and the classes count, plus a part that does not depend on them (dropout, copies).
 */
export function headWork(images: number, dimensions: number, hidden: number, classes: number): number {
  const units = hidden === 0 ? classes : hidden;
  return images * dimensions * (units + 16);
}
