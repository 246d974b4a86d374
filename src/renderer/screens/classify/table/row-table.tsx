import { SearchX } from 'lucide-react';
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { call, type Row, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { type TableSort, VirtualTable } from '../../../components/table/virtual-table.tsx';
import { useBatchSession } from '../batch/batch-session.ts';
import { useBatchPulse } from '../batch/use-batch-pulse.ts';
import type { ListingProps } from '../filter/filter-bar.tsx';
import { filterCount, sortKeys } from '../filter/listing.ts';
import { spotKey } from '../selection/spot.ts';
import { rowColumns } from './row-columns.tsx';
import { roomyPx, useIsNarrow } from './use-is-narrow.ts';
import { useSteadyIndex } from './use-steady-index.ts';

const rowHeightPx = 30;

interface TableProps extends ListingProps {
  readonly classes: readonly string[];
}

/** Images of a batch, as filter and order say. */
export const RowTable = memo(function RowTable({ classes, listing, onListing }: TableProps) {
  const session = useBatchSession();
  const { batch, selection } = session;
  const { filter, sort } = listing;
  const frame = useRef<HTMLDivElement>(null);
  const rows = useRows(listing);
  const steady = useSteadyIndex(selection, { frame, getRow: rows.getRow, rowHeight: rowHeightPx });
  const withScan = useHasScans(batch) && filter.scan === undefined;
  const narrow = useIsNarrow(frame, roomyPx);
  const columns = useMemo(() => rowColumns({ classes, withScan, narrow }), [classes, withScan, narrow]);
  const { onRange } = rows;
  const look = useCallback(
    (first: number, last: number) => {
      onRange(first, last);
      steady.onRange(first, last);
    },
    [onRange, steady.onRange],
  );
  const select = (index: number): void => {
    const row = rows.getRow(index);
    if (row === undefined) void selection.chooseIndex(index);
    else selection.choose(row, index);
  };
  const resort = ({ by, descending }: TableSort): void => {
    const key = sortKeys.find((each) => each === by);
    if (key !== undefined) onListing({ ...listing, sort: { by: key, descending } });
  };
  useTopOnChange(frame, `${batch}${JSON.stringify([filter, sort])}`);
  return (
    <div ref={frame} className="h-framed" onKeyDownCapture={steady.beforeKey}>
      {rows.error === undefined ? null : <ErrorNotice error={rows.error} onRetry={rows.reload} compact />}
      <VirtualTable
        label="Images"
        columns={columns}
        count={rows.total ?? 0}
        getRow={rows.getRow}
        rowKey={spotKey}
        rowHeight={rowHeightPx}
        sort={sort}
        onSort={resort}
        selectedIndex={steady.index}
        onSelect={select}
        onOpen={() => session.focusImage.current()}
        onRange={look}
        empty={rows.total === undefined ? undefined : <NoRows listing={listing} onListing={onListing} />}
      />
    </div>
  );
});

function useRows({ filter, sort }: ListingProps['listing']) {
  const { batch, selection, table, count } = useBatchSession();
  const rows = usePagedRows<Row>({
    load: (offset, limit) => call('batches/rows', { batch, filter, sort, offset, limit }),
    resetKey: JSON.stringify([batch, filter, sort]),
  });
  const { total, getRow, patch, reload } = rows;
  useEffect(() => {
    table.current = { getRow, patch, reload };
  }, [table, getRow, patch, reload]);
  useEffect(() => count.setState({ shown: total }), [count, total]);
  useBatchPulse(batch, () => {
    reload();
    selection.refresh();
  });
  // The first image is shown at once: a reader begins at the top of the list.
  useEffect(() => {
    const first = getRow(0);
    if (first !== undefined && selection.store.getState().spot === null) selection.choose(first, 0);
  }, [getRow, selection]);
  return rows;
}

/** Pictures without headers belong to no known scan: then its column would be empty. */
function useHasScans(batch: string): boolean {
  const { value, reload } = useCall('batches/scans', { batch, offset: 0, limit: 1 });
  const hasScans = value !== undefined && value.total > 0;
  useBatchPulse(batch, () => {
    if (!hasScans) reload();
  });
  return hasScans;
}

/** Another order or filter is read from its top. */
function useTopOnChange(frame: { readonly current: HTMLElement | null }, listed: string): void {
  const shown = useRef(listed);
  useLayoutEffect(() => {
    if (shown.current === listed) return;
    shown.current = listed;
    const table = frame.current?.querySelector('[role=grid]');
    if (table) table.scrollTop = 0;
  }, [frame, listed]);
}

function NoRows({ listing, onListing }: ListingProps) {
  if (filterCount(listing.filter) === 0) {
    return <EmptyState icon={SearchX} title="No rows yet" text="Rows appear as soon as the first files are done." />;
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No image fits these filters"
      actions={<Button onClick={() => onListing({ ...listing, filter: {} })}>Show all</Button>}
    />
  );
}
