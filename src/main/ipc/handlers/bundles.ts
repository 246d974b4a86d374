import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { takeInBundle } from '../../interop/bundle/take-in.ts';
import { bundleName, bundleSize, writeBundle } from '../../interop/bundle/write.ts';
import { writeTensorboardZip } from '../../interop/tensorboard/export.ts';
import { verifyRunJob } from '../../session/jobs/verify-run.ts';
import type { Session } from '../../session/session.ts';
import { readRecord } from '../../studies/run-record.ts';
import { verificationOf } from '../../studies/verify-run/verify.ts';
import type { Channel, Parsed } from '../contract.ts';
import type { Handlers } from '../core.ts';

type BundleChannel = Extract<Channel, `bundles/${string}` | `tensorboard/${string}` | `verifications/${string}`>;

/** Runs as files for elsewhere and from elsewhere, and runs that are trained again. */
export function bundleHandlers(session: Session): Pick<Handlers, BundleChannel> {
  const place = () => ({ records: session.study.records, state: session.study.workspace.paths.state });
  const noteExport = (runs: readonly string[], format: string): void => {
    for (const run of new Set(runs)) session.study.records.audit.add('export', run, { format });
  };
  return {
    'bundles/size': (contents) => bundleSize(place(), contents),
    'bundles/export': (contents) => exportBundle(session, contents),
    'bundles/import': async ({ path }) => {
      const file = await zipAt(await session.surface.access.require(path));
      const { root, names, runs, models } = await takeInBundle(session.study, file, session.context().now());
      for (const what of ['runs', 'models'] as const) session.push({ topic: 'changed', what });
      return { root, names, runs: [...runs], models: models.length };
    },
    'tensorboard/export': async ({ runs }) => {
      const { records } = session.study;
      const read = [...new Set(runs)].map((run) => readRecord(records, records.runs.get(run)));
      const now = session.context().now();
      const name = `hilum-tensorboard-${now.slice(0, 10)}.zip`;
      const made = await session.surface.deliver(name, (out) => writeTensorboardZip(out, read, now));
      if (made.kind !== 'cancelled') noteExport(runs, 'tensorboard');
      return made;
    },
    'verifications/get': ({ run }) => {
      session.study.records.runs.get(run);
      return { verification: verificationOf(session.study, run) };
    },
    'verifications/start': ({ run }) => {
      const found = session.study.records.runs.get(run);
      if (found.outcome === 'running') throw new HilumError('run/running');
      if (found.outcome !== 'completed') throw new HilumError('verify/no-model', { run });
      return { job: session.jobs.add(verifyRunJob(session, found)).id };
    },
  };
}

async function exportBundle(session: Session, contents: Parsed<'bundles/export'>) {
  const { records, workspace } = session.study;
  const now = session.context().now();
  for (const run of contents.runs) if (records.runs.get(run).outcome === 'running') throw new HilumError('run/running');
  const made = await session.surface.deliver(bundleName(now), async (out) => {
    await writeBundle({ records, state: workspace.paths.state }, out, contents, now);
  });
  if (made.kind !== 'cancelled') {
    for (const run of new Set(contents.runs)) {
      records.audit.add('export', run, { format: 'bundle', names: contents.names });
    }
  }
  return made;
}

/** Sent files lie in a folder of their own. @throws HilumError `bundle/not-one` */
async function zipAt(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return path;
  const names = (await readdir(path)).filter((name) => name.toLowerCase().endsWith('.zip'));
  const [only, ...others] = names;
  if (only === undefined || others.length > 0) throw new HilumError('bundle/not-one');
  return join(path, only);
}
