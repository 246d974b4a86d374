import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  type AnsweringRule,
  type Calibration,
  type ChosenPoint,
  calibrationSchema,
  pointFor,
} from '../../pipeline/domain/calibration.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { type Gate, gateSchema } from '../../pipeline/domain/gate.ts';

/** When a model answers, as its files say; the worker checks their hashes before the model answers anything. */
export interface Answering {
  readonly calibration: Calibration;
  /** Undefined: sealed without one. */
  readonly gate: Gate | undefined;
}

/** @throws HilumError `model/not-sealed`, `model/seal-broken` */
export async function readAnswering(folder: string): Promise<Answering> {
  const calibration = await readPart(folder, 'calibration.json', calibrationSchema);
  if (calibration === undefined) throw new HilumError('model/not-sealed', { file: 'calibration.json' });
  return { calibration, gate: await readPart(folder, 'gate.json', gateSchema) };
}

/** What an operator asks of a model. */
export interface Asked {
  readonly by: AnsweringRule;
  readonly target: number;
}

/** The point of a model's sealed curve that a target picks. @throws HilumError `model/no-curve` */
export function choosePoint({ evidence }: Calibration, asked: Asked): ChosenPoint {
  if (evidence === null) throw new HilumError('model/no-curve');
  return pointFor(evidence.answering.curve, asked);
}

async function readPart<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw new HilumError('model/seal-broken', { file }, { cause: error });
  }
}
