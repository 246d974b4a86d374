import { join } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { openHasher } from '../workspace/hashes.ts';
import { type PipelineStage, readPipeline } from '../workspace/pipeline-file.ts';
import { readStageLock } from '../workspace/stage-lock.ts';
import { type StageChange, stageChange } from '../workspace/stage-status.ts';
import { wordsOf } from './command-words.ts';
import type { StudyContext } from './context.ts';
import type { StageEnd, StudyStage } from './stage.ts';
import { studyStages } from './stages/index.ts';
import type { Study } from './study.ts';

export interface Reproduced {
  readonly name: string;
  readonly state: 'ran' | 'up to date';
  readonly change: StageChange | null;
  readonly result: unknown;
}

export interface ReproduceOptions {
  /** Run every stage. */
  readonly force: boolean;
  /** Told of each stage: before it runs (`end` undefined) and after; `change` null: nothing changed. */
  onStage?(stage: PipelineStage, change: StageChange | null, end?: StageEnd): void;
}

/** Runs what changed, in order. @returns the first exit code that is not 0, which also ends it unless files were refused */
export async function reproduce(
  study: Study,
  context: StudyContext,
  { force, onStage }: ReproduceOptions,
): Promise<{ code: number; stages: Reproduced[] }> {
  const done: Reproduced[] = [];
  let worst = 0;
  for (const { stage, known, given } of await plannedStages(study)) {
    const change = await changeOf(study, stage);
    onStage?.(stage, change);
    if (change === null && !force) {
      done.push({ name: stage.name, state: 'up to date', change, result: null });
      continue;
    }
    const end = await known.runIn(given, study, context);
    onStage?.(stage, change, end);
    done.push({ name: stage.name, state: 'ran', change, result: end.value });
    if (end.code !== 0) worst = end.code;
    if (end.code !== 0 && end.code !== 3) break;
  }
  return { code: worst, stages: done };
}

export interface PlannedStage {
  readonly stage: PipelineStage;
  readonly known: StudyStage;
  /** Options of its command line. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** The stages of dvc.yaml in the order they run. @throws HilumError `config/…` also for one that is not ours */
export async function plannedStages({ workspace }: Study): Promise<PlannedStage[]> {
  return (await readPipeline(workspace)).map((stage) => {
    const known = stageNamed(stage);
    return { stage, known, given: known.parse(wordsOf(stage.cmd).slice(2)) };
  });
}

/** @throws HilumError `config/bad-value` for a stage that is not one of ours */
function stageNamed(stage: PipelineStage): StudyStage {
  const [program, name] = wordsOf(stage.cmd);
  const known = studyStages.find((each) => each.name === name);
  if (program === 'hilum' && known !== undefined) return known;
  const names = studyStages.map((each) => `hilum ${each.name}`).join(', ');
  const what = `runs other programs than ${names}; use \`dvc repro\``;
  throw new HilumError('config/bad-value', { file: 'dvc.yaml', key: `stages.${stage.name}.cmd`, what });
}

/** Why a stage has to run; null: it need not. */
export async function changeOf(study: Study, stage: PipelineStage): Promise<StageChange | null> {
  const { root, state } = study.workspace.paths;
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const change = await stageChange(root, stage, (await readStageLock(root))[stage.name], hasher);
  await hasher.save();
  return change;
}
