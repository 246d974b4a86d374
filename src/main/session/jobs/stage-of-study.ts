import { wordsOf } from '../../studies/command-words.ts';
import type { StudyContext } from '../../studies/context.ts';
import { plannedStage, type StudyStage } from '../../studies/stage.ts';
import { studyStages } from '../../studies/stages/index.ts';
import type { Study } from '../../studies/study.ts';

/** Runs one stage with the options that dvc.yaml gives it, so that dvc.lock says that it is up to date. */
export async function runStageOf(study: Study, name: StudyStage['name'], context: StudyContext): Promise<void> {
  const stage = studyStages.find((each) => each.name === name);
  if (stage === undefined) throw new RangeError(`no stage ${name}`);
  const planned = await plannedStage(study, name);
  await stage.runIn(planned === undefined ? {} : stage.parse(wordsOf(planned.cmd).slice(2)), study, context);
}
