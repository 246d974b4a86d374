import type { Run } from '../../records/runs.ts';
import { shortHash } from '../facts.ts';
import type { TableColumn } from './column.ts';

const plain = { kind: 'text', better: null } as const;

/** What a run is, before anything that was measured. In the order of the column chooser. */
export const identityColumns: readonly TableColumn[] = [
  { ...plain, key: 'name', title: 'Name', cell: ({ run }) => run.name },
  { ...plain, key: 'started', title: 'Started', kind: 'time', cell: ({ run }) => run.startedAt },
  {
    ...plain,
    key: 'duration',
    title: 'Duration, seconds',
    kind: 'number',
    isDuration: true,
    cell: ({ run }) => secondsOf(run),
  },
  { ...plain, key: 'outcome', title: 'Outcome', cell: ({ run }) => run.outcome },
  { ...plain, key: 'leaky', title: 'Leaky', kind: 'flag', cell: ({ run }) => run.leaky },
  { ...plain, key: 'pinned', title: 'Pinned', kind: 'flag', cell: ({ run }) => run.pinned },
  {
    ...plain,
    key: 'tags',
    title: 'Tags',
    cell: ({ tags }) => (tags.length === 0 ? null : tags.join(', ')),
    texts: ({ tags }) => tags,
  },
  { ...plain, key: 'sweep', title: 'Sweep', cell: ({ sweep }) => sweep },
  { ...plain, key: 'notes', title: 'Notes', isFree: true, cell: ({ run }) => run.notes || null },
  { ...plain, key: 'kind', title: 'Kind', cell: ({ run }) => run.kind },
  { ...plain, key: 'id', title: 'Run id', isFree: true, cell: ({ run }) => run.id },
  {
    ...plain,
    key: 'seed',
    title: 'Seed',
    kind: 'number',
    cell: ({ params }) => numberOrNull(params.get('params.seed')),
  },
  {
    ...plain,
    key: 'epochs',
    title: 'Epochs trained',
    kind: 'number',
    cell: ({ curves }) => curves.get('loss')?.epochs ?? null,
  },
  { ...plain, key: 'data', title: 'Data (hash)', cell: ({ run }) => shortHash(run.datasetHash) },
  { ...plain, key: 'split', title: 'Split (hash)', cell: ({ run }) => shortHash(run.splitHash) },
  { ...plain, key: 'contract', title: 'Preprocessing contract (hash)', cell: ({ run }) => shortHash(run.contractHash) },
  { ...plain, key: 'backbone', title: 'Backbone (hash)', cell: ({ run }) => shortHash(run.backboneHash) },
  { ...plain, key: 'code', title: 'Program version', cell: ({ run }) => run.codeVersion },
];

/** From start to end; a run that goes on, or whose clock went back, has none. */
function secondsOf({ startedAt, endedAt }: Run): number | null {
  if (endedAt === null) return null;
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  return ms >= 0 ? ms / 1000 : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
