import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, usePush } from '../../../api.ts';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { type TableColumn, VirtualTable } from '../../../components/table/virtual-table.tsx';
import { CutText } from '../cut-text.tsx';

type Refused = Output<'dataset/refused'>['rows'][number];

const columns: readonly TableColumn<Refused>[] = [
  { key: 'file', title: 'File', width: '2fr', minWidth: 180, cell: ({ file }) => <CutText text={file} /> },
  { key: 'reason', title: 'Reason', width: '3fr', minWidth: 260, cell: ({ reason }) => <CutText text={reason} /> },
  { key: 'code', title: 'Code', width: 200, cell: ({ code }) => <span className="h-mono h-soft">{code}</span> },
];

/** Files that were left out, each with the core's reason. */
export function RefusedTab() {
  const { total, getRow, onRange, error, reload } = usePagedRows<Refused>({
    load: (offset, limit) => call('dataset/refused', { offset, limit }),
    resetKey: 'refused',
  });
  usePush((push) => {
    if (push.topic === 'changed' && push.what === 'dataset') reload();
  });
  const [selected, setSelected] = useState<number | null>(null);
  const row = selected === null ? undefined : getRow(selected);
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  return (
    <div className="h-framed">
      <VirtualTable
        label="Refused files"
        columns={columns}
        count={total ?? 0}
        getRow={getRow}
        rowKey={({ file }, index) => `${index} ${file}`}
        onRange={onRange}
        selectedIndex={selected}
        onSelect={setSelected}
        empty={
          total === undefined ? null : (
            <EmptyState
              icon={CircleCheck}
              title="No file was refused"
              text="Every file that was found could be read."
            />
          )
        }
      />
      {row === undefined ? null : (
        <section className="h-data-detail" aria-label="Chosen file">
          <div className="h-wrap">{row.file}</div>
          <div className="h-soft">{row.reason}</div>
        </section>
      )}
    </div>
  );
}
