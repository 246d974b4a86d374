import { HilumError } from '../../../pipeline/domain/errors.ts';
import { ingestJob } from '../../session/jobs/ingest.ts';
import { splitJob } from '../../session/jobs/split.ts';
import type { Session } from '../../session/session.ts';
import { groupsOf, imagesOf } from '../../studies/dataset-rows.ts';
import { describeDataset } from '../../studies/dataset-summary.ts';
import { datasetTables, requireManifest } from '../../studies/dataset-tables.ts';
import { regroup, relabel } from '../../studies/manifest-edit.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { isAddress } from '../../workspace/open.ts';
import type { Channel } from '../contract.ts';
import type { Handlers } from '../core.ts';
import { requireNothingRuns, studyKinds } from './running.ts';

type DatasetChannel = Extract<Channel, `dataset/${string}`>;

export function datasetHandlers(session: Session): Pick<Handlers, DatasetChannel> {
  const paths = () => session.study.workspace.paths;
  return {
    'dataset/get': () => describeDataset(session.study.workspace),
    'dataset/ingest': async ({ source }) => {
      const { id } = session.jobs.add(ingestJob(session, await allowedSource(session, source)));
      return { job: id };
    },
    'dataset/split': async () => {
      await requireManifest(paths());
      return { job: session.jobs.add(splitJob(session)).id };
    },
    'dataset/refused': async (page) => pageOf((await datasetTables(paths()).refused()) ?? [], page),
    'dataset/duplicates': async (page) => {
      const tables = datasetTables(paths());
      const { total, rows } = pageOf((await tables.duplicates()) ?? [], page);
      const classOf = new Map((await tables.manifest())?.map((row) => [row.file, row.class]));
      return {
        total,
        rows: rows.map(({ file, duplicate_of: kept, class: name }) => ({
          ...{ file, duplicateOf: kept },
          otherClass: name === classOf.get(kept) ? '' : name,
        })),
      };
    },
    'dataset/images': async ({ offset, limit, ...filter }) =>
      pageOf(await imagesOf(paths(), filter), { offset, limit }),
    'dataset/groups': async () => ({ groups: await groupsOf(paths()) }),
    'dataset/relabel': async ({ images, class: name, reader }) =>
      edited(session, await relabel(idleStudy(session), images, name, { reader, at: session.context().now() })),
    'dataset/regroup': async ({ scans, group, reader }) =>
      edited(session, await regroup(idleStudy(session), scans, group, { reader, at: session.context().now() })),
  };
}

/** @throws HilumError `access/outside`, `source/missing`; `config/bad-value` when none is given and none set */
async function allowedSource(session: Session, source: string | null): Promise<string | null> {
  if (source !== null) return isAddress(source) ? source : session.surface.access.require(source);
  if (session.study.workspace.config.source !== undefined) return null;
  const what = 'expected a folder, zip file or https address, got nothing';
  throw new HilumError('config/bad-value', { file: workspaceNames.config, key: 'source', what });
}

/** @throws HilumError `workspace/jobs-running` while a job reads the manifest or writes it */
function idleStudy(session: Session): Session['study'] {
  requireNothingRuns(session.jobs, studyKinds);
  return session.study;
}

function edited(session: Session, changed: number): { changed: number } {
  if (changed > 0) session.push({ topic: 'changed', what: 'dataset' });
  return { changed };
}

function pageOf<T>(rows: readonly T[], { offset, limit }: { readonly offset: number; readonly limit: number }) {
  return { total: rows.length, rows: rows.slice(offset, offset + limit) };
}
