import { SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Column } from '../../../api.ts';
import { classes } from '../../../components/class-names.ts';
import { Button } from '../../../components/controls/button.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { VirtualTable } from '../../../components/table/virtual-table.tsx';
import { navigate, pathOf } from '../../../stores/route.ts';
import type { Listing } from './listing.ts';
import { runColumns } from './run-columns.tsx';
import { marks } from './run-store.ts';
import type { ListedRun, RunRows } from './use-run-rows.ts';
import { useSteadyRows } from './use-steady-rows.ts';

interface RunTableProps {
  readonly rows: RunRows;
  readonly columns: readonly Column[];
  readonly listing: Listing;
  onListing(listing: Listing): void;
}

const rowHeightPx = 32;
const headerHeightPx = 44;

export function RunTable({ rows, columns, listing, onListing }: RunTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const marked = useStore(marks, (state) => state.marked);
  const steady = useSteadyRows(frame, rows, rowHeightPx);
  const drawn = useMemo(() => runColumns(columns), [columns]);
  const { onRange, getRow, total } = rows;
  const look = useCallback(
    (first: number, last: number) => {
      onRange(first, last);
      steady.onRange(first, last);
    },
    [onRange, steady.onRange],
  );
  const select = (index: number): void => {
    steady.show();
    marks.setState({ at: { id: getRow(index)?.id ?? null, index } });
  };
  const open = (index: number): void => {
    const run = getRow(index);
    if (run !== undefined) navigate(pathOf('runs', [run.id]));
  };
  return (
    <div ref={frame} className="h-runs-table" onKeyDownCapture={steady.show}>
      <VirtualTable
        label="Runs"
        columns={drawn}
        count={total ?? 0}
        getRow={getRow}
        rowKey={keyOf}
        rowHeight={rowHeightPx}
        headerHeight={headerHeightPx}
        sort={listing.sort}
        onSort={(sort) => onListing({ ...listing, sort })}
        selectedIndex={steady.index}
        onSelect={select}
        onOpen={open}
        onRange={look}
        checked={marked}
        onCheck={(next) => marks.setState({ marked: next })}
        rowClass={lookOf}
        empty={
          total === undefined ? undefined : (
            <EmptyState
              icon={SearchX}
              title="No run fits this filter"
              actions={<Button onClick={() => onListing({ ...listing, filter: '' })}>Clear the filter</Button>}
            />
          )
        }
      />
    </div>
  );
}

function keyOf({ id }: ListedRun): string {
  return id;
}

function lookOf({ pinned, leaky }: ListedRun): string {
  return classes(pinned && 'h-runs-pinned', leaky && 'h-runs-leaky');
}
