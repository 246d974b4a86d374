import { hasCode } from '../../../pipeline/domain/errors.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import type { SweepDefinition } from '../../../pipeline/domain/sweep.ts';
import { writeParamsFile } from '../../studies/params-file.ts';
import { beginSweep, continueSweep, type SweepOptions } from '../../studies/sweep/run-sweep.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** A sweep from these parameters; params.yaml is set to them first. */
export function sweepJob(
  session: Session,
  params: Params,
  definition: SweepDefinition,
  options: SweepOptions,
): JobRequest {
  return {
    kind: 'sweep',
    title: `Sweep: ${definition.name}`,
    subject: null,
    run: async (context) => {
      await writeParamsFile(session.study.workspace.paths.root, params);
      await session.reloadStudy();
      session.push({ topic: 'changed', what: 'params' });
      await sweepOn(session, context, await beginSweep(session.study, context, definition, options));
    },
  };
}

/** The rest of a sweep that was stopped. */
export function resumedSweepJob(session: Session, sweep: { readonly id: string; readonly name: string }): JobRequest {
  return {
    kind: 'sweep',
    title: `Sweep: ${sweep.name}`,
    subject: sweep.id,
    run: (context) => sweepOn(session, context, sweep.id),
  };
}

async function sweepOn(session: Session, context: JobContext, id: string): Promise<void> {
  const tell = (): void => session.push({ topic: 'changed', what: 'runs' });
  context.setSubject(id);
  try {
    // The subject stays the sweep: its runs are found through it.
    await continueSweep(session.study, { ...context, onRun: tell }, id);
  } catch (error) {
    context.setResumable(!hasCode(error, 'sweep/changed'));
    throw error;
  } finally {
    for (const what of ['runs', 'models', 'dataset'] as const) session.push({ topic: 'changed', what });
  }
}
