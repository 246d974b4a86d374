import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useCall } from '../../../api.ts';
import { Switch } from '../../../components/controls/switch.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { formatCount, plural } from '../../../format/numbers.ts';
import { usePref } from '../../../stores/prefs.ts';
import { navigate, pathOf, useRoute } from '../../../stores/route.ts';
import { ExportBundleDialog } from '../bundle/export-dialog.tsx';
import { ImportBundle } from '../bundle/import-bundle.tsx';
import { DeleteDialog } from '../deeds/delete-dialog.tsx';
import { TagDialog } from '../deeds/tag-dialog.tsx';
import { useRunsPulse } from '../use-runs-pulse.ts';
import { shownColumns } from './column-choice.ts';
import { ColumnPopover } from './column-popover.tsx';
import { FilterLine } from './filter-line.tsx';
import { type Listing, listingOf, queryOf } from './listing.ts';
import { MarkedBar } from './marked-bar.tsx';
import { NoRuns } from './no-runs.tsx';
import { marks } from './run-store.ts';
import { RunTable } from './run-table.tsx';
import { useListDeeds } from './use-list-deeds.ts';
import { type RunRows, useRunRows } from './use-run-rows.ts';

/** The runs of this workspace: filtered, sorted, marked, compared. */
export function RunList() {
  const listing = useListing();
  const { offered, shown, keys } = useColumns();
  const rows = useRunRows(listing, keys);
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const [tagging, setTagging] = useState<readonly string[] | null>(null);
  const [bundling, setBundling] = useState<readonly string[] | null>(null);
  const marked = useStore(marks, (state) => state.marked);
  const deeds = useListDeeds(rows, { remove: setDeleting, tag: setTagging, bundle: setBundling });
  const go = (next: Listing, replace = false): void => navigate(pathOf('runs', [], queryOf(next)), { replace });
  const isEmpty = rows.of === 0 && !listing.all;
  return (
    <Screen title="Runs" actions={<ImportBundle />} fill>
      {isEmpty ? null : (
        <div className="h-runs-head">
          <FilterLine
            filter={listing.filter}
            onFilter={(filter, replace) => go({ ...listing, filter }, replace)}
            fault={rows.fault}
            count={countText(rows)}
            onLeave={() => document.querySelector<HTMLElement>('.h-runs-table [role=grid]')?.focus()}
          />
          <Switch
            label="Also single evaluations and stages"
            checked={listing.all}
            onChange={(all) => go({ ...listing, all })}
          />
          <ColumnPopover offered={offered} shown={shown} />
        </div>
      )}
      {rows.error === undefined ? null : <ErrorNotice error={rows.error} onRetry={rows.reload} />}
      {isEmpty ? (
        <NoRuns onAll={() => go({ ...listing, all: true })} />
      ) : (
        <RunTable rows={rows} columns={shown} listing={listing} onListing={go} />
      )}
      {marked.size === 0 ? null : <MarkedBar deeds={deeds} />}
      <DeleteDialog runs={deleting} onClose={() => setDeleting(null)} />
      <TagDialog runs={tagging} onClose={() => setTagging(null)} />
      <ExportBundleDialog runs={bundling} onClose={() => setBundling(null)} />
    </Screen>
  );
}

function countText({ total, of }: RunRows): string {
  if (total === undefined || of === undefined) return '';
  return total === of ? plural(of, 'run') : `${formatCount(total)} of ${plural(of, 'run')}`;
}

/** The listing of the address: the same object as long as it says the same. */
function useListing(): Listing {
  const { query } = useRoute();
  const written = JSON.stringify(queryOf(listingOf(query)));
  return useMemo(() => listingOf(JSON.parse(written)), [written]);
}

/** Columns that there are, and those that the table shows: the same lists as long as nothing changed. */
function useColumns() {
  const answer = useCall('runs/columns', {});
  useRunsPulse(
    answer.reload,
    (push) => push.topic === 'changed' && (push.what === 'runs' || push.what === 'workspace'),
  );
  const chosen = usePref('runColumns');
  const written = JSON.stringify(answer.value?.columns ?? []);
  return useMemo(() => {
    const offered: NonNullable<typeof answer.value>['columns'] = JSON.parse(written);
    const shown = shownColumns(chosen, offered);
    return { offered, shown, keys: shown.map(({ key }) => key) };
  }, [written, chosen]);
}
