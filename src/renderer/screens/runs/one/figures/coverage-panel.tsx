import type { LevelFigures, RunFigures } from '../../../../../pipeline/domain/run-figures.ts';
import { Panel } from '../../../../components/layout/panel.tsx';
import { formatFigure, formatPercent } from '../../../../format/numbers.ts';
import { type UnitLine, UnitPlot } from './unit-plot.tsx';

/** What is gained when unsure cases are left to a reader: accuracy among the answers, by the share answered. */
export function CoveragePanel({ figures: { scan, slice, calibration } }: { readonly figures: RunFigures }) {
  const threshold = calibration?.chosen.threshold;
  const chosen = threshold === undefined ? undefined : pointFrom(slice, threshold);
  return (
    <Panel title="Coverage and accuracy">
      <div className="h-unit-pair">
        <UnitPlot
          title="Accuracy at each coverage"
          xLabel="Share answered"
          yLabel="Share of answers right"
          lines={[
            lineOf('scan', 'Scans', scan, 'var(--series-0)'),
            lineOf('slice', 'Slices', slice, 'var(--series-1)'),
          ]}
          marks={
            chosen === undefined
              ? []
              : [
                  {
                    id: 'chosen',
                    at: [chosen.coverage, chosen.accuracy],
                    color: 'var(--series-1)',
                    label: `From ${formatFigure(threshold)} on: ${formatPercent(chosen.coverage)} of slices answered`,
                  },
                ]
          }
        />
        <table className="h-run-figures">
          <thead>
            <tr>
              <th scope="col">Scans answered</th>
              <th scope="col">Right</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {[0.5, 0.6, 0.7, 0.8, 0.9, 1].map((share) => (
              <CoverageRow key={share} level={scan} share={share} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="h-run-note h-faint">
        The surest cases are answered first. The circle is the threshold that was sealed with the model, on the slices
        of this run.
      </p>
    </Panel>
  );
}

function CoverageRow({ level, share }: { readonly level: LevelFigures; readonly share: number }) {
  const point = level.coverage.points.find(({ coverage }) => coverage >= share - 1e-9);
  return (
    <tr>
      <th scope="row" className="h-num">
        {formatPercent(point?.coverage ?? share)}
      </th>
      <td className="h-num">{formatPercent(point?.accuracy ?? null)}</td>
      <td className="h-num">{formatFigure(point?.threshold)}</td>
    </tr>
  );
}

function lineOf(id: string, label: string, { coverage: { points, aurc } }: LevelFigures, color: string): UnitLine {
  return {
    ...{ id, label, color, figure: `AURC ${formatFigure(aurc)}` },
    points: points.map(({ coverage, accuracy }) => [coverage, accuracy] as const),
  };
}

/** The last point that the threshold still answers. */
function pointFrom({ coverage: { points } }: LevelFigures, threshold: number) {
  return points.findLast((point) => point.threshold >= threshold);
}
