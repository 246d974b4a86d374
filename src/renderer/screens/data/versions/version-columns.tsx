import { Badge } from '../../../components/feedback/badge.tsx';
import type { TableColumn } from '../../../components/table/virtual-table.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { formatCount, plural } from '../../../format/numbers.ts';
import { CutText } from '../cut-text.tsx';
import { changesText, reasonText, type Version } from './change-words.ts';

export const versionColumns: readonly TableColumn<Version>[] = [
  {
    key: 'version',
    title: 'Version',
    width: 88,
    cell: ({ version, isCurrent }) => (
      <span className="h-versions-name">
        <strong className="h-num">v{version}</strong>
        {isCurrent ? <Badge tone="accent">now</Badge> : null}
      </span>
    ),
  },
  { key: 'why', title: 'Why', width: 112, cell: (row) => <CutText text={reasonText(row)} /> },
  {
    key: 'changes',
    title: 'Changes',
    headerHelp: 'Against the version before it',
    width: '1fr',
    minWidth: 140,
    cell: ({ changes }) =>
      changes === null ? <span className="h-faint">–</span> : <CutText text={changesText(changes)} />,
  },
  {
    key: 'when',
    title: 'When',
    width: 128,
    cell: ({ madeAt }) => <span className="h-num">{formatDateTime(madeAt)}</span>,
  },
  { key: 'images', title: 'Images', width: 72, align: 'end', cell: ({ counts }) => formatCount(counts.images) },
  {
    key: 'runs',
    title: 'Used by',
    width: 76,
    align: 'end',
    cell: ({ runs }) => (runs.length === 0 ? <span className="h-faint">–</span> : plural(runs.length, 'run')),
  },
];
