import { useMemo, useState } from 'react';
import type { Run } from '../../../api.ts';
import { Switch } from '../../../components/controls/switch.tsx';
import { type CurveSeries, Curves } from '../../../components/figures/curves.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { plural } from '../../../format/numbers.ts';
import { curveOf, type EpochFigure, epochFigureTitles, foldsOf, hasValues } from '../epoch-curves.ts';

interface Chart {
  readonly title: string;
  readonly figures: readonly EpochFigure[];
  readonly height: number;
}

const charts: readonly Chart[] = [
  { title: 'Loss', figures: ['loss', 'validation_loss'], height: 180 },
  { title: 'Balanced accuracy', figures: ['balanced_accuracy', 'validation_balanced_accuracy'], height: 180 },
  { title: 'Learning rate', figures: ['learning_rate'], height: 110 },
];

/** How training went, epoch by epoch. */
export function CurvesPanel({ run: { epochs } }: { readonly run: Run }) {
  const folds = useMemo(() => foldsOf(epochs), [epochs]);
  const [withFolds, setWithFolds] = useState(true);
  const hasFolds = folds.some((fold) => fold > 0);
  const count = new Set(epochs.map(({ metrics }) => metrics.epoch)).size;
  return (
    <Panel
      title="Curves"
      subtitle={plural(count, 'epoch')}
      actions={hasFolds ? <Switch label="Folds" checked={withFolds} onChange={setWithFolds} /> : undefined}
    >
      {epochs.length === 0 ? (
        <p className="h-soft">No epoch was finished.</p>
      ) : (
        <div className="h-run-curves">
          {charts.map((chart) => (
            <RunChart key={chart.title} chart={chart} epochs={epochs} folds={withFolds ? folds : folds.slice(0, 1)} />
          ))}
        </div>
      )}
    </Panel>
  );
}

interface RunChartProps {
  readonly chart: Chart;
  readonly epochs: Run['epochs'];
  readonly folds: readonly number[];
}

function RunChart({ chart: { title, figures, height }, epochs, folds }: RunChartProps) {
  const series = useMemo(
    () =>
      folds.flatMap((fold) =>
        figures.flatMap((figure): CurveSeries[] => {
          const curve = curveOf(epochs, fold, figure);
          if (!hasValues(curve)) return [];
          const label = wordsOf(figure, fold);
          return [{ id: `${fold} ${figure}`, label, ...curve, color: fold, dashed: figure.startsWith('validation_') }];
        }),
      ),
    [epochs, folds, figures],
  );
  return (
    <section aria-label={title}>
      <h3 className="h-run-chart">{title}</h3>
      <Curves title={title} series={series} xLabel="Epoch" yLabel="" height={height} />
    </section>
  );
}

function wordsOf(figure: EpochFigure, fold: number): string {
  const [part] = epochFigureTitles[figure].split(' ');
  const words = figure === 'learning_rate' ? 'Learning rate' : (part ?? '');
  return fold === 0 ? words : `${words}, fold ${fold}`;
}
