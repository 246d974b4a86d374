import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseCsv } from '../disk/csv.ts';
import { errnoOf, HilumError } from '../domain/errors.ts';
import type { Prediction } from '../domain/metrics.ts';
import { parsePredictions } from './prediction-table.ts';

/** predictions.csv of a run, its classes from its own columns. @throws HilumError `run/no-predictions`, `table/…` */
export async function readKeptPredictions(
  path: string,
): Promise<{ readonly classes: string[]; readonly predictions: Prediction[] }> {
  const text = await readText(path);
  const [row = {}] = parseCsv(text, 'predictions.csv', ['image'], z.record(z.string(), z.string()));
  const classes = Object.keys(row).flatMap((column) => (column.startsWith('p_') ? [column.slice(2)] : []));
  return { classes, predictions: parsePredictions(text, 'predictions.csv', classes) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new HilumError('run/no-predictions', {}, { cause: error });
    throw error;
  }
}
