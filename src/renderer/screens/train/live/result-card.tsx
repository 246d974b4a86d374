import { ChartNoAxesCombined, GitCompareArrows, TriangleAlert } from 'lucide-react';
import type { Run } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { plural } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';

interface ResultCardProps {
  readonly run: Run;
  /** The run before this one, to compare with. */
  readonly before: string | undefined;
}

/** What came out, by scan first, and where to look further. */
export function ResultCard({ run, before }: ResultCardProps) {
  const { metrics } = run;
  if (metrics === null) return null;
  const { scans, groups, images } = metrics.counts;
  return (
    <section className="h-train-result" aria-label="Result">
      <div className="h-train-figures">
        <Figure title="Balanced accuracy by scan" estimate={metrics.scan.balanced_accuracy} />
        <Figure title="by slice" estimate={metrics.slice.balanced_accuracy} />
      </div>
      <p className="h-soft">
        {metrics.protocol === 'cross-validated' ? 'Over all held-out folds' : `On the ${metrics.part} part`}:{' '}
        {plural(scans, 'scan')} of {plural(groups, 'patient group')}, {plural(images, 'image')}. Beside each figure: its
        95 % interval over patient groups.
      </p>
      {metrics.honesty === 'leaky' ? (
        <p className="h-train-loud">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>Leaky: patients stand on both sides of the split. These figures measure memory, not skill.</span>
        </p>
      ) : null}
      <div className="h-train-buttons">
        <LinkButton icon={ChartNoAxesCombined} href={href(pathOf('runs', [run.id]))}>
          Open the run
        </LinkButton>
        {before === undefined ? null : (
          <LinkButton icon={GitCompareArrows} href={href(pathOf('runs', ['compare'], { ids: `${before},${run.id}` }))}>
            Compare with the last run
          </LinkButton>
        )}
      </div>
    </section>
  );
}

interface FigureProps {
  readonly title: string;
  readonly estimate: NonNullable<Run['metrics']>['scan']['balanced_accuracy'];
}

function Figure({ title, estimate }: FigureProps) {
  return (
    <div className="h-train-figure">
      <div className="h-soft">{title}</div>
      <EstimateCell estimate={estimate} />
    </div>
  );
}
