import { join } from 'node:path';
import { sha256File } from '../../../pipeline/disk/hash.ts';
import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { suspectsJob } from '../../session/jobs/suspects.ts';
import type { Session } from '../../session/session.ts';
import { addLabelReview } from '../../studies/confirmed-labels.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import { newestSearch } from '../../studies/suspects/find.ts';
import { type Suspect, suspectQueue } from '../../studies/suspects/queue.ts';
import type { Output } from '../contract.ts';
import type { Handlers } from '../core.ts';

type SuspectChannel = 'suspects/get' | 'suspects/find' | 'suspects/keep';

export function suspectHandlers(session: Session): Pick<Handlers, SuspectChannel> {
  return {
    'suspects/get': async ({ show, offset, limit }) => {
      const search = await searchOf(session);
      const classes = await classesOf(session);
      if (search === null) return { search, classes, total: 0, open: 0, rows: [] };
      const rows = await suspectQueue(session.study.workspace.paths, { show, openOnly: false });
      const open = rows.filter(({ state }) => state === 'open').length;
      return { search, classes, total: rows.length, open, rows: rows.slice(offset, offset + limit).map(wireSuspect) };
    },
    'suspects/find': async () => {
      await requireManifest(session.study.workspace.paths);
      return { job: session.jobs.add(suspectsJob(session)).id };
    },
    'suspects/keep': async ({ image, class: name, kept, reader }) => {
      const { workspace, records } = session.study;
      const row = (await requireManifest(workspace.paths)).find((each) => each.image === image);
      if (row === undefined) throw new HilumError('call/bad-input', { what: 'image: not in the dataset' });
      const at = session.context().now();
      const review = { at, reader, pixelHash: row.pixel_hash, class: name, kept };
      await addLabelReview(workspace.paths.state, review);
      records.audit.add('dataset/label-kept', 'dataset', { kept });
      session.push({ topic: 'changed', what: 'dataset' });
      return {};
    },
  };
}

function wireSuspect({ pixel_hash: _hash, ...row }: Suspect): Output<'suspects/get'>['rows'][number] {
  return { ...row, ref: row.state === 'gone' ? null : { of: 'dataset', image: row.image } };
}

async function searchOf({ study }: Session): Promise<Output<'suspects/get'>['search']> {
  const found = await newestSearch(study);
  if (found === undefined) return null;
  const { id: _id, labels, ...search } = found;
  const now = await sha256File(join(study.workspace.paths.artifacts, artifactNames.manifest)).catch(() => null);
  return { ...search, stale: labels !== now };
}

/** As `dataset/relabel` knows them. */
async function classesOf({ study }: Session): Promise<string[]> {
  const { config, paths } = study.workspace;
  try {
    const present = new Set((await requireManifest(paths)).map((row) => row.class));
    return [...new Set([...(config.classes ?? []), ...[...present].sort()])];
  } catch (error) {
    if (hasCode(error, 'dataset/missing')) return [];
    throw error;
  }
}
