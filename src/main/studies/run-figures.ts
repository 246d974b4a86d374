import { join } from 'node:path';
import type { FiguresInput } from '../../pipeline/domain/run-figures.ts';
import type { SealedFile } from '../../pipeline/domain/sealed-model.ts';
import { listModels } from '../models/store.ts';
import type { Run } from '../records/runs.ts';
import { keptNames } from './kept.ts';
import { keptFolderOf, readKeptMetrics, readKeptSeal } from './kept-files.ts';
import type { Study } from './study.ts';

const calibrationFile: SealedFile = 'calibration.json';

/**
 * What the stage `figures` asks of a run: its kept predictions, and the calibration of the model that it sealed. Figures of
 * a cross-validated run come from the very cases that thresholds were chosen on: there the calibration is left out.
 * @param prevalence share of a class where the model will be used, by name
 */
export async function figuresInput(
  { workspace: { paths, params } }: Pick<Study, 'workspace'>,
  run: Run,
  prevalence: Readonly<Record<string, number>>,
): Promise<FiguresInput> {
  const { resamples, scan_vote: scanVote } = params.evaluation;
  const predictions = join(keptFolderOf(paths.state, run.id), keptNames.predictions);
  const input = { predictions, prevalence: { ...prevalence }, scanVote, resamples, seed: params.seed };
  const metrics = await readKeptMetrics(paths.state, run.id);
  if (metrics?.protocol !== 'holdout') return input;
  const seal = await readKeptSeal(paths.state, run.id);
  const model = (await listModels(paths.state)).find(({ id }) => id === seal);
  return model === undefined ? input : { ...input, calibration: join(model.folder, calibrationFile) };
}
