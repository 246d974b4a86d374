import { Layers } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { call, type ScanRow } from '../../../api.ts';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { ProbabilityBar } from '../../../components/figures/probability-bar.tsx';
import { usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { type TableColumn, VirtualTable } from '../../../components/table/virtual-table.tsx';
import { formatCount, formatPercent } from '../../../format/numbers.ts';
import { useBatchSession } from '../batch/batch-session.ts';
import { useBatchPulse } from '../batch/use-batch-pulse.ts';
import type { ListingProps } from '../filter/filter-bar.tsx';
import { inFileOrder } from '../filter/listing.ts';
import { MiddleCut } from './middle-cut.tsx';
import { roomyPx, useIsNarrow } from './use-is-narrow.ts';

interface TableProps extends ListingProps {
  readonly classes: readonly string[];
}

/** One answer for each scan, most urgent first; opening one shows its images. */
export const ScanTable = memo(function ScanTable({ classes, listing, onListing }: TableProps) {
  const { batch, selection, count } = useBatchSession();
  const rows = usePagedRows<ScanRow>({
    load: async (offset, limit) => {
      const { total, scans } = await call('batches/scans', { batch, offset, limit });
      return { total, rows: scans };
    },
    resetKey: batch,
  });
  const { total, getRow, reload } = rows;
  useBatchPulse(batch, reload);
  useEffect(() => count.setState({ shown: total }), [count, total]);
  const frame = useRef<HTMLDivElement>(null);
  const narrow = useIsNarrow(frame, roomyPx);
  const columns = useMemo(() => scanColumns(classes, narrow), [classes, narrow]);
  const [chosen, setChosen] = useChosenScan(getRow, total ?? 0);
  const select = (index: number): void => {
    setChosen(index);
    const key = getRow(index)?.key;
    if (key !== undefined) selection.go({ item: key.item, frame: key.frame });
  };
  // As in the table of images: a reader begins at the top of the list.
  useEffect(() => {
    const first = getRow(0);
    if (first === undefined || selection.store.getState().spot !== null) return;
    selection.go({ item: first.key.item, frame: first.key.frame });
  }, [getRow, selection]);
  const open = (index: number): void => {
    const scan = getRow(index)?.scan;
    if (scan !== undefined) onListing({ ...listing, view: 'images', filter: { scan }, sort: inFileOrder });
  };
  return (
    <div ref={frame} className="h-framed">
      {rows.error === undefined ? null : <ErrorNotice error={rows.error} onRetry={reload} compact />}
      <VirtualTable
        label="Scans"
        columns={columns}
        count={total ?? 0}
        getRow={getRow}
        rowKey={({ scan }) => scan}
        selectedIndex={chosen}
        onSelect={select}
        onOpen={open}
        onRange={rows.onRange}
        empty={
          total === undefined ? undefined : (
            <EmptyState
              icon={Layers}
              title="No scans"
              text="No image of this batch belongs to a known scan: see the images one by one."
            />
          )
        }
      />
    </div>
  );
});

/** Place of the scan whose image is shown, which keys of the image may have changed; and the one just pressed. */
function useChosenScan(getRow: (index: number) => ScanRow | undefined, total: number) {
  const { selection } = useBatchSession();
  const scan = useStore(selection.store, ({ row }) => row?.scan);
  const [pressed, setPressed] = useState<{ readonly index: number; readonly instead: number | null } | null>(null);
  const found = useMemo(() => {
    if (scan === undefined || scan === '') return null;
    for (let index = 0; index < total; index++) if (getRow(index)?.scan === scan) return index;
    return null;
  }, [getRow, total, scan]);
  const choose = (index: number): void => setPressed({ index, instead: found });
  return [pressed !== null && pressed.instead === found ? pressed.index : found, choose] as const;
}

function scanColumns(classes: readonly string[], narrow: boolean): TableColumn<ScanRow>[] {
  const count = (key: 'images' | 'review' | 'refused' | 'reviewed', title: string, width: number) => ({
    key,
    title,
    width,
    align: 'end' as const,
    cell: (row: ScanRow) => <span className={row[key] === 0 ? 'h-faint' : ''}>{formatCount(row[key])}</span>,
  });
  return [
    { key: 'scan', title: 'Scan', width: '1fr', minWidth: 76, cell: ({ scan }) => <MiddleCut text={scan} /> },
    {
      key: 'class',
      title: 'Answer',
      width: narrow ? 86 : 100,
      cell: ({ class: answer }) => <ClassChip name={answer} index={classes.indexOf(answer)} strong />,
    },
    {
      key: 'probability',
      title: 'Mean',
      width: narrow ? 66 : 112,
      align: 'end',
      headerHelp: 'Mean probability of this answer over the images of the scan',
      cell: ({ probability }) =>
        narrow ? formatPercent(probability) : <ProbabilityBar value={probability} width={36} />,
    },
    count('images', 'Images', 72),
    count('review', 'Review', 74),
    ...(narrow ? [] : [count('refused', 'Refused', 78)]),
    count('reviewed', 'Read', 60),
  ];
}
