import type { Params } from '../../../pipeline/domain/params.ts';
import { isResumable } from '../../studies/checkpoints.ts';
import type { StudyContext } from '../../studies/context.ts';
import { measureRun } from '../../studies/measure-run.ts';
import { writeParamsFile } from '../../studies/params-file.ts';
import { runStudy, type TrainWords } from '../../studies/run-study.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** One run, from these parameters to its figures. */
export function studyJob(session: Session, params: Params, name: string, allowLeak: boolean): JobRequest {
  return {
    kind: 'study',
    title: `Train: ${name}`,
    subject: null,
    run: (context) => train(session, params, { name, allowLeak }, context),
  };
}

/** The rest of a run that was stopped; the parameters are those that it was recorded with. */
export function resumedStudyJob(
  session: Session,
  run: { readonly id: string; readonly name: string; readonly leaky: boolean },
  params: Params,
): JobRequest {
  return {
    kind: 'study',
    title: `Train: ${run.name}`,
    subject: run.id,
    run: (context) => train(session, params, { resume: true, run: run.id, allowLeak: run.leaky }, context),
  };
}

async function train(session: Session, params: Params, words: TrainWords, context: JobContext): Promise<void> {
  await setParams(session, params);
  const { study } = session;
  const { state } = study.workspace.paths;
  let run: string | undefined;
  const listening: StudyContext = {
    ...context,
    onRun: (id) => {
      run = id;
      context.setSubject(id);
      context.onRun?.(id);
    },
  };
  try {
    await measureRun(study, listening, (measured) => runStudy(study, measured, words));
  } catch (error) {
    if (run !== undefined) context.setResumable(await isResumable(state, study.records.runs.get(run)));
    throw error;
  } finally {
    for (const what of ['runs', 'models', 'dataset'] as const) session.push({ topic: 'changed', what });
  }
}

/** The parameters of the run win over what params.yaml says by now; the page is told. */
async function setParams(session: Session, params: Params): Promise<void> {
  await writeParamsFile(session.study.workspace.paths.root, params);
  await session.reloadStudy();
  session.push({ topic: 'changed', what: 'params' });
}
