import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addModel } from '../../src/main/models/store.ts';
import { openRecords } from '../../src/main/records/index.ts';
import { keptFolder, keptNames } from '../../src/main/studies/kept.ts';
import type { AnsweringEvidence } from '../../src/pipeline/domain/calibration.ts';
import type { Prediction } from '../../src/pipeline/domain/metrics.ts';
import { computeMetrics } from '../../src/pipeline/metrics/index.ts';
import { predictionTable } from '../../src/pipeline/stages/prediction-table.ts';
import { randomPredictions } from '../pipeline/metrics/predictions.ts';
import { addRun } from './runs.ts';
import { sealTinyModel } from './tiny-model.ts';

export const classes = ['Cyst', 'Normal', 'Stone'];
const figure = { value: 0.1, low: 0.05, high: 0.2 };
const reliability = { ece: figure, brier: figure, bins: [] };
export const evidence: AnsweringEvidence = {
  images: 100,
  groups: 10,
  before: { ...reliability, ece: { value: 0.3, low: 0.2, high: 0.4 } },
  after: reliability,
  answering: { by: 'coverage', target: 0.6, reached: true, coverage: 0.6, accuracy: 0.8, curve: [] },
  conformal: null,
  operating_points: [null, null, null],
};

export interface StoredModel {
  readonly name: string;
  readonly calibrated?: boolean;
  readonly leaky?: boolean;
  readonly wrongGolden?: boolean;
  /** Share of scans that it gets right; null: its run was never evaluated. */
  readonly right: number | null;
}

/** Answers that are right for the first `right` of the scans of each class, and wrong for the others. */
function answers(right: number): Prediction[] {
  const all = randomPredictions(1, { groups: 24, slicesPerGroup: 2, classes: classes.length, skill: 0 });
  const seen = new Map<number, string[]>();
  for (const { truth, group } of all) {
    const groups = seen.get(truth) ?? [];
    if (!groups.includes(group)) groups.push(group);
    seen.set(truth, groups);
  }
  return all.map((each) => {
    const groups = seen.get(each.truth) ?? [];
    const isRight = groups.indexOf(each.group) < right * groups.length;
    const said = isRight ? each.truth : (each.truth + 1) % classes.length;
    return { ...each, probabilities: classes.map((_, k) => (k === said ? 0.8 : 0.1)) };
  });
}

export interface RegistryStudy {
  readonly root: string;
  /** Seals in the order of the models: v1, v2, …, once the workspace was opened for writing. */
  readonly seals: readonly string[];
}

/**
 * A workspace `study` with stored models of run `r1`, `r2`, …, as `train` and `evaluate` would leave them. Nothing of it is
 * in the registry yet.
 */
export async function registryStudy(
  folder: string,
  models: readonly StoredModel[],
  config = '',
): Promise<RegistryStudy> {
  const root = join(folder, 'study');
  const state = join(root, '.hilum');
  mkdirSync(state, { recursive: true });
  writeFileSync(join(root, 'config.yaml'), config);
  writeFileSync(join(root, 'params.yaml'), 'evaluation:\n  resamples: 200\n');
  let ids = 0;
  const records = openRecords(join(state, 'hilum.db'), { newId: () => `r${++ids}` });
  const seals: string[] = [];
  for (const [index, model] of models.entries()) {
    const run = addRun(records, { run: { name: model.name, leaky: model.leaky ?? false } });
    const source = join(folder, `sealed-${index + 1}`);
    await sealTinyModel(source, {
      seed: index + 3,
      title: model.name,
      ...(model.calibrated === false ? {} : { evidence }),
      wrongGolden: model.wrongGolden ?? false,
      honesty: model.leaky === true ? 'leaky' : 'grouped',
    });
    const addedAt = `2026-01-0${index + 1}T00:00:00.000Z`;
    const seal = await addModel(state, source, { origin: 'trained', run, addedAt });
    seals.push(seal);
    keepResults(state, run, seal, model.right);
  }
  records.close();
  return { root, seals };
}

/** What a run keeps of its model, and of its evaluation where `right` is a share of scans. */
export function keepResults(state: string, run: string, seal: string, right: number | null): void {
  const kept = keptFolder(state, run);
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, keptNames.model), JSON.stringify({ seal }));
  if (right === null) return;
  const predictions = answers(right);
  const about = { part: 'test', honesty: 'grouped', protocol: 'holdout', resamples: 200, seed: 7 } as const;
  const metrics = computeMetrics(predictions, classes, { ...about, scanVote: 'mean' });
  writeFileSync(join(kept, keptNames.predictions), predictionTable(predictions, classes));
  writeFileSync(join(kept, keptNames.metrics), JSON.stringify(metrics));
}
