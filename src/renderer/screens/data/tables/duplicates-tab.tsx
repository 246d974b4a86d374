import { CircleCheck } from 'lucide-react';
import { call, type Output, usePush } from '../../../api.ts';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { type TableColumn, VirtualTable } from '../../../components/table/virtual-table.tsx';
import { CutText } from '../cut-text.tsx';

type Duplicate = Output<'dataset/duplicates'>['rows'][number];

const columns: readonly TableColumn<Duplicate>[] = [
  {
    key: 'file',
    title: 'File that was left out',
    width: '1fr',
    minWidth: 200,
    cell: ({ file }) => <CutText text={file} />,
  },
  {
    key: 'duplicateOf',
    title: 'Same picture as',
    width: '1fr',
    minWidth: 200,
    cell: ({ duplicateOf }) => <CutText text={duplicateOf} />,
  },
  {
    key: 'otherClass',
    title: 'Other class',
    width: 130,
    headerHelp: 'The same picture lies under this class too: Suspects lists it first',
    cell: ({ otherClass }) => <strong className="h-cut">{otherClass}</strong>,
  },
];

/** Files whose picture is there already; the first one counts. */
export function DuplicatesTab() {
  const { total, getRow, onRange, error, reload } = usePagedRows<Duplicate>({
    load: (offset, limit) => call('dataset/duplicates', { offset, limit }),
    resetKey: 'duplicates',
  });
  usePush((push) => {
    if (push.topic === 'changed' && push.what === 'dataset') reload();
  });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  return (
    <div className="h-framed">
      <p className="h-data-note">
        Compared by decoded pixels, whatever the file's name or format. A picture counts once, or it would stand on both
        sides of a split.
      </p>
      <VirtualTable
        label="Duplicates"
        columns={columns}
        count={total ?? 0}
        getRow={getRow}
        rowKey={({ file }, index) => `${index} ${file}`}
        onRange={onRange}
        empty={
          total === undefined ? null : (
            <EmptyState icon={CircleCheck} title="No duplicates" text="Every picture is there once." />
          )
        }
      />
    </div>
  );
}
