import { join } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { changeText, type StageChange } from '../../pipeline/domain/stage-change.ts';
import { openDvcCache } from '../interop/dvc/cache.ts';
import { ensureDvcProject } from '../workspace/dvc-project.ts';
import { openHasher } from '../workspace/hashes.ts';
import { type PipelineStage, readPipeline } from '../workspace/pipeline-file.ts';
import { readStageLock } from '../workspace/stage-lock.ts';
import { stageChanges } from '../workspace/stage-status.ts';
import { checkoutOuts } from './checkout-outs.ts';
import { wordsOf } from './command-words.ts';
import type { StudyContext } from './context.ts';
import { keepMissingOuts } from './keep-outs.ts';
import type { StageEnd, StudyStage } from './stage.ts';
import { studyStages } from './stages/index.ts';
import type { Study } from './study.ts';

export interface Reproduced {
  readonly name: string;
  /** `restored`: only outputs were missing, and the cache had them. */
  readonly state: 'ran' | 'restored' | 'up to date';
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
    if (change?.kind === 'output' && !force && (await hasRestored(study, stage))) {
      context.say(`${stage.name}: ${changeText(change)}; restored from the cache`);
      done.push({ name: stage.name, state: 'restored', change, result: null });
      continue;
    }
    onStage?.(stage, change);
    if (change === null && !force) {
      await keepInCache(study, stage);
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

/** Missing outputs come back from the cache, as `dvc repro` does it; an edited one is somebody's work, and the stage runs. */
async function hasRestored({ workspace }: Study, stage: PipelineStage): Promise<boolean> {
  const { root } = workspace.paths;
  const changes = await changesOf({ workspace }, stage);
  const areMissing = changes.every(({ kind, new: now }) => kind === 'output' && now === null);
  const areKept = changes.every(({ what }) => !stage.uncached.has(what));
  const cache = await openDvcCache(root);
  const whole = await Promise.all(changes.map(({ old }) => old !== null && cache.isWhole(old).catch(() => false)));
  if (!areMissing || !areKept || whole.includes(false)) return false;
  const outs = await checkoutOuts(workspace, [stage.name], { force: false });
  return outs.every(({ state }) => state === 'restored' || state === 'unchanged');
}

async function keepInCache({ workspace }: Study, stage: PipelineStage): Promise<void> {
  const { root, state } = workspace.paths;
  const locked = (await readStageLock(root))[stage.name];
  if (locked === undefined) return;
  await ensureDvcProject(root);
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  await keepMissingOuts(root, stage, locked, hasher);
  await hasher.save();
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
  return (await changesOf(study, stage))[0] ?? null;
}

async function changesOf({ workspace }: Pick<Study, 'workspace'>, stage: PipelineStage): Promise<StageChange[]> {
  const { root, state } = workspace.paths;
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const changes = await stageChanges(root, stage, (await readStageLock(root))[stage.name], hasher);
  await hasher.save();
  return changes;
}
