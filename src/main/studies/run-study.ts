import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import type { Progress } from '../../pipeline/progress.ts';
import type { ProgressView } from '../jobs/work-context.ts';
import type { StudyContext } from './context.ts';
import { changeOf, type PlannedStage, plannedStages } from './reproduce.ts';
import type { StudyStage } from './stage.ts';
import type { Study } from './study.ts';

/** Options of `train` besides those in dvc.yaml. */
export type TrainWords =
  | { readonly name: string; readonly allowLeak: boolean }
  | { readonly resume: true; readonly run: string; readonly allowLeak: boolean };

type StageName = StudyStage['name'];

/** Share of the whole in progress, and what is said until the stage itself says something. */
const steps: Record<StageName, { readonly weight: number; readonly title: string }> = {
  ingest: { weight: 30, title: 'Reading files' },
  split: { weight: 4, title: 'Dividing by patient group' },
  prepare: { weight: 6, title: 'Preparing the backbone' },
  train: { weight: 75, title: 'Starting to train' },
  evaluate: { weight: 15, title: 'Starting to evaluate' },
};

/**
 * One run from parameters to figures: split and base model where something changed, then always train and evaluate.
 * The dataset is read only when that never happened: whoever changed files says so by an ingest.
 * @throws HilumError of the stages; `config/…` of dvc.yaml
 */
export async function runStudy(study: Study, context: StudyContext, train: TrainWords): Promise<void> {
  const hasDataset = existsSync(join(study.workspace.paths.artifacts, artifactNames.manifest));
  const stages = (await plannedStages(study)).filter(({ known }) => known.name !== 'ingest' || !hasDataset);
  const total = stages.reduce((sum, { known }) => sum + steps[known.name].weight, 0);
  const view = context.showProgress();
  let before = 0;
  try {
    for (const planned of stages) {
      const { weight, title } = steps[planned.known.name];
      const [from, share] = [before / total, weight / total];
      before += weight;
      if (!(await hasToRun(study, planned))) continue;
      view.update({ step: title, done: 0, total: 1, fraction: from });
      const given = planned.known.name === 'train' ? { ...planned.given, ...train } : planned.given;
      const part = partOf(view, from, share);
      await planned.known.runIn(given, study, { ...context, showProgress: () => part });
    }
  } finally {
    view.stop();
  }
}

async function hasToRun(study: Study, { stage, known }: PlannedStage): Promise<boolean> {
  if (known.name === 'train' || known.name === 'evaluate') return true;
  return (await changeOf(study, stage)) !== null;
}

function partOf(view: ProgressView, from: number, share: number): ProgressView {
  const update = (progress: Progress): void => view.update({ ...progress, fraction: from + share * progress.fraction });
  return { update, stop: () => undefined };
}
