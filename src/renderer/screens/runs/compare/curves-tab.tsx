import { LineChart } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { Select } from '../../../components/controls/select.tsx';
import { Switch } from '../../../components/controls/switch.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { type CurveSeries, Curves } from '../../../components/figures/curves.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { curveOf, type EpochFigure, epochFigureTitles, hasValues } from '../epoch-curves.ts';
import { rangeWithoutOutliers } from './outlier-range.ts';
import type { Side } from './sides.ts';
import { smoothed } from './smoothing.ts';

const figures = Object.entries(epochFigureTitles).map(([value, label]) => ({ value, label }));
const heaviest = 0.9;
const leastHeightPx = 260;

/** Curves of all runs over one another, aligned by epoch. */
export function CurvesTab({ sides }: { readonly sides: readonly Side[] }) {
  const [figure, setFigure] = useState<EpochFigure>('validation_loss');
  const [weight, setWeight] = useState(0);
  const [withoutOutliers, setWithoutOutliers] = useState(false);
  const [height] = useState(() => Math.max(leastHeightPx, Math.round(window.innerHeight * 0.48)));
  const raw = useMemo(() => seriesOf(sides, figure), [sides, figure]);
  const series = useMemo(() => raw.map((each) => ({ ...each, y: smoothed(each.y, weight) })), [raw, weight]);
  const range = useMemo(() => rangeWithoutOutliers(raw.flatMap(({ y }) => y)), [raw]);
  const title = epochFigureTitles[figure];
  const cut = withoutOutliers && range.some((end) => end !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-compare-body" aria-label="Curves" tabIndex={0}>
      <Toolbar label="How curves are drawn">
        <Select
          label="Figure"
          value={figure}
          options={figures}
          onChange={(chosen) => {
            if (isEpochFigure(chosen)) setFigure(chosen);
          }}
        />
        <Smoothing weight={weight} onWeight={setWeight} />
        <Switch label="Range without outliers" checked={withoutOutliers} onChange={setWithoutOutliers} />
        {cut ? <span className="h-faint">values beyond the range are cut off</span> : null}
      </Toolbar>
      {series.length === 0 ? (
        <EmptyState icon={LineChart} title={`No run has ${title.toLowerCase()}`} text="Choose another figure." />
      ) : (
        <Curves
          title={title}
          series={series}
          xLabel="Epoch"
          yLabel={title}
          height={height}
          {...(withoutOutliers ? { yRange: range } : {})}
        />
      )}
    </section>
  );
}

function isEpochFigure(name: string): name is EpochFigure {
  return Object.hasOwn(epochFigureTitles, name);
}

/** In the order in which the runs were chosen, so that colours stay theirs. */
function seriesOf(sides: readonly Side[], figure: EpochFigure): CurveSeries[] {
  return sides.flatMap(({ run, label, place }) => {
    const curve = curveOf(run.epochs, 0, figure);
    return hasValues(curve) ? [{ id: run.id, label, ...curve, color: place }] : [];
  });
}

interface SmoothingProps {
  readonly weight: number;
  onWeight(weight: number): void;
}

function Smoothing({ weight, onWeight }: SmoothingProps) {
  const id = useId();
  return (
    <span className="h-compare-smoothing">
      <label htmlFor={id}>Smoothing</label>
      <input
        id={id}
        type="range"
        min={0}
        max={heaviest}
        step={0.05}
        value={weight}
        aria-valuetext={weight === 0 ? 'none' : weight.toFixed(2)}
        onChange={(event) => onWeight(event.target.valueAsNumber)}
      />
      <span className="h-num">{weight.toFixed(2)}</span>
    </span>
  );
}
