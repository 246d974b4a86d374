import { useMemo } from 'react';
import { Curves } from '../../../components/figures/curves.tsx';
import { plural } from '../../../format/numbers.ts';
import { curvesOf } from './curve-series.ts';
import type { Epoch } from './epochs.ts';

const heightPx = 170;
const rateHeightPx = 110;

/** Loss, balanced accuracy and learning rate of one run, epoch by epoch. */
export function RunCurves({ epochs }: { readonly epochs: readonly Epoch[] }) {
  const { loss, balancedAccuracy, learningRate, foldsLeftOut } = useMemo(() => curvesOf(epochs), [epochs]);
  if (epochs.length === 0) return null;
  return (
    <div className="h-train-curves">
      <Figure title="Loss" series={loss} height={heightPx} />
      <Figure title="Balanced accuracy" series={balancedAccuracy} height={heightPx} yRange={[0, 1]} />
      <Figure title="Learning rate" series={learningRate} height={rateHeightPx} yRange={[0, null]} />
      {foldsLeftOut > 0 ? (
        <p className="h-faint">{plural(foldsLeftOut, 'earlier fold')} not drawn; the run's page has them all.</p>
      ) : null}
    </div>
  );
}

interface FigureProps {
  readonly title: string;
  readonly series: ReturnType<typeof curvesOf>['loss'];
  readonly height: number;
  readonly yRange?: readonly [number | null, number | null];
}

function Figure({ title, series, height, yRange }: FigureProps) {
  return (
    <Curves
      title={title}
      series={series}
      xLabel="Epoch"
      yLabel={title}
      height={height}
      {...(yRange === undefined ? {} : { yRange })}
    />
  );
}
