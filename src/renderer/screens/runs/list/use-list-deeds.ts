import { useStore } from 'zustand';
import { useCommand } from '../../../keys/use-command.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { navigate, pathOf } from '../../../stores/route.ts';
import { canCompare, most, queryOf } from '../compare/comparing.ts';
import { setPinned } from '../deeds/pin.ts';
import { useExport } from '../deeds/use-export.ts';
import { useTensorboard } from '../deeds/use-tensorboard.ts';
import { knownRun, marks } from './run-store.ts';
import type { RunRows } from './use-run-rows.ts';

interface Dialogs {
  remove(runs: readonly string[]): void;
  tag(runs: readonly string[]): void;
  bundle(runs: readonly string[]): void;
}

export interface ListDeeds {
  /** Marked runs, else the one that the keys are on. */
  readonly runs: readonly string[];
  readonly canCompare: boolean;
  readonly canExport: boolean;
  readonly isExporting: boolean;
  compare(): void;
  pin(): void;
  tag(): void;
  exportHtml(): void;
  exportBundle(): void;
  exportTensorboard(): void;
  remove(): void;
}

/** What can be done with the chosen runs, by button and by key. */
export function useListDeeds({ getRow }: RunRows, dialogs: Dialogs): ListDeeds {
  const { marked, at } = useStore(marks);
  const current = at?.id ?? null;
  const runs = marked.size > 0 ? [...marked] : current === null ? [] : [current];
  // One run alone is compared with the baseline, which stands on top of the list.
  const top = getRow(0);
  const baseline = runs.length === 1 && top?.pinned === true && top.id !== runs[0] ? [top.id] : [];
  const compared = [...baseline, ...runs];
  const making = useExport();
  const curves = useTensorboard();
  const deeds: ListDeeds = {
    runs,
    canCompare: canCompare(compared.length),
    canExport: runs.length > 0 && runs.length <= most,
    isExporting: making.busy || curves.busy,
    compare: () => navigate(pathOf('runs', ['compare'], queryOf({ ids: compared, base: null }))),
    pin: () => void setPinned(runs, !runs.every((run) => knownRun(run)?.pinned === true)),
    tag: () => dialogs.tag(runs),
    exportHtml: () => void making.run(runs),
    exportBundle: () => dialogs.bundle(runs),
    exportTensorboard: () => void curves.run(runs),
    remove: () => dialogs.remove(runs),
  };
  useCommand('export', () => {
    if (deeds.canExport) deeds.exportHtml();
  });
  const group = 'Runs';
  const any = runs.length > 0;
  useKeys([
    { keys: 'c', title: 'Compare the marked runs', group, enabled: deeds.canCompare, run: deeds.compare },
    { keys: 'p', title: 'Pin on top, or let go', group, enabled: any, run: deeds.pin },
    { keys: 't', title: 'Tag', group, enabled: any, run: deeds.tag },
    { keys: 'Delete', title: 'Delete', group, enabled: any, run: deeds.remove },
    { title: 'Export as one HTML page', group, enabled: deeds.canExport, run: deeds.exportHtml },
    { title: 'Export as a bundle', group, enabled: any, run: deeds.exportBundle },
    { title: 'Export for TensorBoard', group, enabled: any, run: deeds.exportTensorboard },
  ]);
  return deeds;
}
