import type { StudyContext } from './context.ts';
import { datasetTables } from './dataset-tables.ts';
import { readPreparedBase } from './prepared-base.ts';
import { type MeasuredWork, SpeedMeter } from './speed-meter.ts';
import { headWork, pixelKey, saveSpeeds } from './speeds.ts';
import type { Study } from './study.ts';

/** Runs a study and keeps how fast it went, for the estimates of the next ones. @throws what `run` throws */
export async function measureRun(
  study: Study,
  context: StudyContext,
  run: (context: StudyContext) => Promise<void>,
): Promise<void> {
  const meter = new SpeedMeter(() => performance.now());
  let completed = false;
  try {
    await run(meter.listenTo(context));
    completed = true;
  } finally {
    const work = await workOf(study);
    if (work !== undefined) await saveSpeeds(study.workspace.paths.state, meter.measured(work, completed));
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
    epochWork: headWork(images, base.dimensions, params.head.hidden, base.contract.classes.length),
    resamples: params.evaluation.resamples,
  };
}
