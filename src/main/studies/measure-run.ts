import type { StudyContext } from './context.ts';
import { datasetTables } from './dataset-tables.ts';
import { readPreparedBase } from './prepared-base.ts';
import { type MeasuredWork, SpeedMeter } from './speed-meter.ts';
import { headWork, pixelKey, saveSpeeds } from './speeds.ts';
import type { Study } from './study.ts';

/**
 * Runs a study and keeps how fast it went, for the estimates of the next ones.
 * @param whole from parameters to figures; of a part, only what its own steps tell is kept
 * @throws what `run` throws
 */
export async function measureRun<T>(
  study: Study,
  context: StudyContext,
  run: (context: StudyContext) => Promise<T>,
  { whole }: { readonly whole: boolean } = { whole: true },
): Promise<T> {
  const meter = new SpeedMeter(() => performance.now());
  let completed = false;
  try {
    const result = await run(meter.listenTo(context));
    completed = true;
    return result;
  } finally {
    const work = await workOf(study);
    if (work !== undefined) await saveSpeeds(study.workspace.paths.state, meter.measured(work, completed && whole));
  }
}

/** What was worked on; undefined when that cannot be told, and nothing is measured then. */
async function workOf({ workspace }: Study): Promise<MeasuredWork | undefined> {
  const { paths, params } = workspace;
  const base = await readPreparedBase(paths);
  const split = await datasetTables(paths)
    .split()
    .catch(() => undefined);
  if (base === undefined || split === undefined) return undefined;
  const inTraining = split.filter(({ part }) => part === 'train').length;
  // Of folds, the model itself is trained on every image.
  const images = inTraining > 0 ? inTraining : split.length;
  return {
    pixels: pixelKey(base.backbone, base.contract.size),
    epochWork:
      params.training.preset === 'head'
        ? headWork(images, base.dimensions, params.head.hidden, base.contract.classes.length)
        : undefined,
    resamples: params.evaluation.resamples,
  };
}
