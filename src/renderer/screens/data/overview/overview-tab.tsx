import type { Dataset } from '../../../api.ts';
import type { Summary } from '../types.ts';
import { ClassTable } from './class-table.tsx';
import { FileSums } from './file-sums.tsx';
import { KindsPanel } from './kinds-panel.tsx';
import { SplitPanel } from './split-panel.tsx';

interface OverviewTabProps {
  readonly dataset: Dataset;
  readonly summary: Summary;
  readonly busy: boolean;
}

/** The preflight page: what is there, before anything is trained on it. */
export function OverviewTab({ dataset, summary, busy }: OverviewTabProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-data-overview" aria-label="Overview" tabIndex={0}>
      <FileSums summary={summary} />
      <div className="h-data-two">
        <ClassTable summary={summary} />
        <KindsPanel summary={summary} edits={dataset.edits} />
      </div>
      <SplitPanel split={dataset.split} classes={Object.keys(summary.classes)} busy={busy} />
    </section>
  );
}
