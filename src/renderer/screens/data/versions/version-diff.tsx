import { Equal } from 'lucide-react';
import { useState } from 'react';
import { call, type Push, useCall, usePush } from '../../../api.ts';
import { Select } from '../../../components/controls/select.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { type TableColumn, VirtualTable } from '../../../components/table/virtual-table.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { CutText } from '../cut-text.tsx';
import { type Change, changeKinds, changesText, changeWords } from './change-words.ts';

interface VersionDiffProps {
  /** Numbers of versions, or `current`. */
  readonly a: string;
  readonly b: string;
}

const columns: readonly TableColumn<Change>[] = [
  { key: 'change', title: 'Change', width: 128, cell: ({ change }) => changeWords[change] },
  { key: 'image', title: 'Image', width: '2fr', minWidth: 140, cell: ({ image }) => <CutText text={image} /> },
  { key: 'from', title: 'From', width: '1fr', minWidth: 80, cell: ({ from }) => <CutText text={from} /> },
  { key: 'to', title: 'To', width: '1fr', minWidth: 80, cell: ({ to }) => <CutText text={to} /> },
];

type Kind = Change['change'] | 'all';

const current = 'current';

/** What turns A into B: how many images of each kind of change, then each of them. */
export function VersionDiff({ a, b }: VersionDiffProps) {
  const [kind, setKind] = useState<Kind>('all');
  const asked = kind === 'all' ? null : kind;
  // Versions stay what they are; only the dataset on the disk does not.
  const refreshOn = (push: Push): boolean => push.topic === 'changed' && push.what === 'dataset' && a === current;
  const { value, error: failed } = useCall(
    'data/diff',
    { a, b, kind: null, offset: 0, limit: 1 },
    { refreshOn, keep: false },
  );
  const { total, getRow, onRange, error, reload } = usePagedRows<Change>({
    load: (offset, limit) => call('data/diff', { a, b, kind: asked, offset, limit }),
    resetKey: `${a} ${b} ${kind}`,
  });
  usePush((push) => {
    if (refreshOn(push)) reload();
  });
  const problem = failed ?? error;
  if (problem !== undefined) return <ErrorNotice error={problem} title="These versions cannot be compared" />;
  const counts = value?.counts;
  const options = changeKinds.filter((each) => (counts?.[each] ?? 0) > 0);
  return (
    <div className="h-versions-diff">
      <div className="h-versions-counts">
        <span role="status">{counts === undefined ? 'Comparing…' : changesText(counts)}</span>
        <Select<Kind>
          label="Show"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'all', label: 'every change' },
            ...options.map((each) => ({
              value: each,
              label: `${changeWords[each]} (${formatCount(counts?.[each] ?? 0)})`,
            })),
          ]}
        />
      </div>
      <div className="h-framed">
        <VirtualTable
          label="Changes between the versions"
          columns={columns}
          count={total ?? 0}
          getRow={getRow}
          rowKey={({ change, image }) => `${change} ${image}`}
          onRange={onRange}
          empty={total === undefined ? null : <EmptyState icon={Equal} title="No image differs" />}
        />
      </div>
    </div>
  );
}
