import { readFile } from 'node:fs/promises';
import { type Calibration, calibrationSchema, type Reliability } from '../domain/calibration.ts';
import { HilumError } from '../domain/errors.ts';
import { notice } from '../domain/outcome.ts';
import { type FiguresInput, figuresInputSchema, type RunFigures } from '../domain/run-figures.ts';
import { scanCases } from '../metrics/index.ts';
import { throwIfCancelled } from './cancel.ts';
import { levelFigures } from './figures/level.ts';
import { readKeptPredictions } from './kept-predictions.ts';
import type { Stage } from './stage.ts';

/**
 * What a run's answers are worth, from the predictions that were kept of it: predictive values at a prevalence, curves,
 * reliability, coverage. By scan first.
 * @throws HilumError `run/no-predictions`, `usage/bad-option` for a class that the run does not know, `table/…`
 */
export const figures: Stage<FiguresInput> = {
  input: figuresInputSchema,
  async run(input, context): Promise<RunFigures> {
    const { classes, predictions } = await readKeptPredictions(input.predictions);
    const unknown = Object.keys(input.prevalence).find((name) => !classes.includes(name));
    if (unknown !== undefined) {
      throw new HilumError('usage/bad-option', { what: `prevalence: the classes are ${classes.join(', ')}` });
    }
    const calibration = input.calibration === undefined ? null : await readCalibration(input.calibration);
    const points = calibration?.evidence?.operating_points ?? [];
    const options = { ...input, classes, points };
    const scan = levelFigures(scanCases(predictions, input.scanVote), options);
    throwIfCancelled(context.signal);
    const slice = levelFigures(predictions, options);
    return { scan, slice, calibration: sealedCalibration(calibration), resamples: input.resamples, notice };
  },
};

async function readCalibration(path: string): Promise<Calibration> {
  const parsed = calibrationSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new HilumError('model/seal-broken', { file: 'calibration.json' }, { cause: parsed.error });
  return parsed.data;
}

function sealedCalibration(calibration: Calibration | null): RunFigures['calibration'] {
  const evidence = calibration?.evidence ?? null;
  if (calibration === null || evidence === null) return null;
  const side = ({ ece, brier, bins }: Reliability) => ({ ece, brier, reliability: bins });
  const { coverage, accuracy } = evidence.answering;
  return {
    temperature: calibration.temperature,
    images: evidence.images,
    groups: evidence.groups,
    before: side(evidence.before),
    after: side(evidence.after),
    chosen: { threshold: calibration.review_below, coverage, accuracy },
  };
}
