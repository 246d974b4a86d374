import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../pipeline/disk/csv.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import type { WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { datasetTables } from './dataset-tables.ts';
import { keptNames } from './kept.ts';
import { keptFolderOf } from './kept-files.ts';
import { parsedFiles } from './parsed-files.ts';
import type { Study } from './study.ts';

export interface CellQuery {
  readonly run: string;
  /** Names of classes. */
  readonly truth: string;
  readonly predicted: string;
  readonly offset: number;
  readonly limit: number;
}

export interface CellImage {
  readonly image: string;
  readonly scan: string;
  /** In the order of the model's classes. */
  readonly probabilities: number[];
  /** Class in the dataset now; null when the image is not in it any more. */
  readonly classNow: string | null;
}

/** How many runs' predictions stay in memory. */
const filesKept = 4;

const predictionsAt = parsedFiles(async (path) => {
  try {
    return parsePredictions(await readFile(path, 'utf8'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}, filesKept);

/**
 * Images of one cell of a run's confusion matrix of slices, surest first.
 * @throws HilumError `run/unknown`, `run/no-predictions`, `table/…`
 */
export async function readConfusionCell(
  { records, workspace }: Study,
  { run, truth, predicted, offset, limit }: CellQuery,
): Promise<{ total: number; rows: CellImage[] }> {
  const { paths } = workspace;
  const all = await predictionsAt(join(keptFolderOf(paths.state, records.runs.get(run).id), keptNames.predictions));
  if (all === undefined) throw new HilumError('run/no-predictions');
  const found = all.filter((row) => row.class === truth && row.predicted === predicted);
  found.sort((a, b) => Math.max(...b.probabilities) - Math.max(...a.probabilities));
  const page = found.slice(offset, offset + limit);
  const classNow = await classesNow(paths, page);
  const rows = page.map(({ image, scan, probabilities }) => ({
    image,
    scan,
    probabilities,
    classNow: classNow.get(image) ?? null,
  }));
  return { total: found.length, rows };
}

/** Classes of the images that the dataset still holds. */
async function classesNow(paths: WorkspacePaths, images: readonly { image: string }[]): Promise<Map<string, string>> {
  const wanted = new Set(images.map(({ image }) => image));
  const rows = (await datasetTables(paths).manifest()) ?? [];
  return new Map(rows.filter(({ image }) => wanted.has(image)).map((row) => [row.image, row.class]));
}

const predictionSchema = z
  .looseObject({ image: z.string().min(1), scan: z.string(), class: z.string(), predicted: z.string() })
  .transform(({ image, scan, class: truth, predicted, ...rest }, context) => {
    // The columns stand in the order of the model's classes.
    const probabilities = Object.entries(rest).flatMap(([key, value]) => (key.startsWith('p_') ? [Number(value)] : []));
    if (!probabilities.every((each) => each >= 0 && each <= 1)) context.addIssue('a probability is not from 0 to 1');
    return { image, scan, class: truth, predicted, probabilities };
  });

function parsePredictions(text: string): z.infer<typeof predictionSchema>[] {
  return parseCsv(text, keptNames.predictions, ['image', 'scan', 'class', 'predicted'], predictionSchema);
}
