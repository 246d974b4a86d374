import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { listRemotes } from '../../interop/remote/names.ts';
import { unpushed } from '../../interop/remote/push.ts';
import { pullJob, pushJob } from '../../session/jobs/data-transfer.ts';
import type { Session } from '../../session/session.ts';
import { changeLines } from '../../studies/data-versions/change-lines.ts';
import { checkoutData } from '../../studies/data-versions/checkout.ts';
import { compareData } from '../../studies/data-versions/compare.ts';
import { dataLog, type LoggedVersion } from '../../studies/data-versions/log.ts';
import { staleStages } from '../../studies/data-versions/stale.ts';
import type { Channel, Output } from '../contract.ts';
import type { Handlers } from '../core.ts';
import { requireNothingRuns, studyKinds } from './running.ts';

type DataChannel = Extract<Channel, `data/${string}`>;

const remoteAnswersWithinMs = 20_000;

export function dataHandlers(session: Session): Pick<Handlers, DataChannel> {
  return {
    'data/versions': async () => {
      const { versions, unrecorded } = await dataLog(session.study);
      const stale = await staleStages(session.study.workspace).catch(() => () => []);
      return { versions: versions.map((version) => wireVersion(version, stale(version.hash))), unrecorded };
    },
    'data/diff': async ({ a, b, kind, offset, limit }) => {
      const { counts, diff } = await compareData(session.study, a, b);
      const lines = changeLines(diff).filter(({ change }) => kind === null || change === kind);
      return { counts, total: lines.length, rows: lines.slice(offset, offset + limit) };
    },
    'data/checkout': async ({ version }) => {
      requireNothingRuns(session.jobs, studyKinds);
      const done = await checkoutData(session.study, String(version), new AbortController().signal);
      if (done.version !== null) session.push({ topic: 'changed', what: 'dataset' });
      const { source, missing, changed } = done.source;
      const { saved, stale } = done;
      const found = { kind: source, missing: missing.length, changed: changed.length };
      return { version: done.version, saved, stale: [...stale], source: found };
    },
    'data/remote': async ({ check }) => {
      const remotes = await listRemotes(session.study.workspace.paths.root);
      const name = remotes.find(({ isDefault }) => isDefault)?.name;
      return { remotes, state: check && name !== undefined ? await stateOf(session, name) : null };
    },
    'data/push': ({ remote }) => ({ job: session.jobs.add(pushJob(session, remote)).id }),
    'data/pull': ({ remote }) => ({ job: session.jobs.add(pullJob(session, remote)).id }),
  };
}

/** @throws HilumError `remote/…` */
async function stateOf({ study, env }: Session, remote: string) {
  try {
    return await unpushed(study, AbortSignal.timeout(remoteAnswersWithinMs), { remote, env });
  } catch (error) {
    if (hasCode(error, 'cancelled/by-user')) throw new HilumError('remote/unreachable', { remote, what: 'no answer' });
    throw error;
  }
}

function wireVersion(logged: LoggedVersion, stale: string[]): Output<'data/versions'>['versions'][number] {
  const { version, hash, madeAt, reason, summary, isCurrent, inCache, runs, commits } = logged;
  const { images, scans, groups, changes, restored } = summary;
  return {
    ...{ version, hash, madeAt, reason, restored, changes, isCurrent, inCache, stale },
    counts: { images, scans, groups },
    runs: [...runs],
    commits: [...commits],
  };
}
