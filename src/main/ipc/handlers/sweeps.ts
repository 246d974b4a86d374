import { HilumError } from '../../../pipeline/domain/errors.ts';
import { resumedSweepJob, sweepJob } from '../../session/jobs/sweep.ts';
import { networkKnowledge } from '../../session/network-knowledge.ts';
import type { Session } from '../../session/session.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import { estimateSweep } from '../../studies/sweep/estimate-sweep.ts';
import { sweepJournal } from '../../studies/sweep/journal.ts';
import { planOf } from '../../studies/sweep/plan.ts';
import { sweepView } from '../../studies/sweep/view.ts';
import type { Handlers } from '../core.ts';
import { requireWeightsAllowed } from './training.ts';

type SweepChannel = Extract<keyof Handlers, `sweeps/${string}`>;

/** Searches over the values of params.yaml. */
export function sweepHandlers(session: Session): Pick<Handlers, SweepChannel> {
  const journal = () => sweepJournal(session.study.records);
  const know = networkKnowledge(session);
  return {
    'sweeps/plan': async ({ definition, params }) => {
      await requireWeightsAllowed(session, params);
      const plan = planOf(params, definition);
      const { seconds, basis } = await estimateSweep(session.study.workspace, plan, know);
      return {
        candidates: plan.candidates.map(({ changes }) => ({ ...changes })),
        rungs: [...plan.rungs],
        seconds,
        basis,
      };
    },
    'sweeps/start': async ({ definition, params, allowLeak }) => {
      await requireWeightsAllowed(session, params);
      await requireManifest(session.study.workspace.paths);
      planOf(params, definition);
      return { job: session.jobs.add(sweepJob(session, params, definition, { allowLeak })).id };
    },
    'sweeps/resume': ({ sweep }) => {
      const { id, plan } = journal().read(sweep);
      const alive = ['queued', 'running', 'cancelling'];
      if (session.jobs.list().some(({ subject, state }) => subject === id && alive.includes(state))) {
        throw new HilumError('run/running');
      }
      return { job: session.jobs.add(resumedSweepJob(session, { id, name: plan.definition.name })).id };
    },
    'sweeps/list': () => ({ sweeps: [...journal().list()] }),
    'sweeps/get': ({ sweep }) => {
      const view = sweepView(journal().read(sweep));
      return {
        sweep: {
          ...view,
          rungs: [...view.rungs],
          candidates: view.candidates.map((each) => ({ ...each, changes: { ...each.changes } })),
        },
      };
    },
  };
}
