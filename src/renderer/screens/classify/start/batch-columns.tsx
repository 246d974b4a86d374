import type { Batch } from '../../../api.ts';
import { Badge } from '../../../components/feedback/badge.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import type { TableColumn } from '../../../components/table/virtual-table.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { shortHash } from '../../../format/hash.ts';
import { formatCount } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';

const count = (key: string, title: string, width: number, of: (batch: Batch) => number): TableColumn<Batch> => ({
  key,
  title,
  width,
  align: 'end',
  cell: (batch) => formatCount(of(batch)),
});

export const batchColumns: readonly TableColumn<Batch>[] = [
  {
    key: 'folder',
    title: 'Folder',
    width: '2fr',
    minWidth: 140,
    cell: ({ id, title, folder, sourceThere }) => (
      <>
        <a className="h-classify-open h-cut" href={href(pathOf('classify', [id]))} tabIndex={-1} title={folder}>
          {title}
        </a>
        {sourceThere ? null : (
          <Badge tone="caution" title="The folder of the scans is not there now">
            scans away
          </Badge>
        )}
      </>
    ),
  },
  {
    key: 'model',
    title: 'Model',
    width: '1fr',
    minWidth: 100,
    cell: ({ model }) => (
      <span className="h-cut" title={`${model.title}, seal ${model.seal}`}>
        {model.title} <span className="h-faint h-mono">{shortHash(model.seal)}</span>
      </span>
    ),
  },
  { key: 'when', title: 'Started', width: 126, cell: ({ startedAt }) => formatDateTime(startedAt) },
  { key: 'outcome', title: 'Outcome', width: 108, cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  {
    key: 'files',
    title: 'Files done',
    width: 128,
    align: 'end',
    cell: ({ done, files }) =>
      files === null
        ? formatCount(done)
        : done === files
          ? formatCount(files)
          : `${formatCount(done)} of ${formatCount(files)}`,
  },
  count('answered', 'Answered', 86, ({ states }) => states.answered),
  count('review', 'Review', 68, ({ states }) => states.review),
  count('refused', 'Refused', 74, ({ states }) => states.refused),
  count('reviewed', 'Read', 58, ({ reviewed }) => reviewed),
];
