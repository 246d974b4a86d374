import { useState } from 'react';
import type { LevelFigures, RunFigures } from '../../../../../pipeline/domain/run-figures.ts';
import { Segmented } from '../../../../components/controls/segmented.tsx';
import { EstimateCell } from '../../../../components/figures/estimate-cell.tsx';
import { Panel } from '../../../../components/layout/panel.tsx';
import { formatFigure, plural } from '../../../../format/numbers.ts';
import { type Level, levels } from '../class-table.tsx';
import { type UnitLine, UnitPlot } from './unit-plot.tsx';

type Bins = LevelFigures['reliability'];

/** Whether a probability of 0.8 is right eight times in ten. */
export function CalibrationPanel({ figures }: { readonly figures: RunFigures }) {
  const [level, setLevel] = useState<Level>('scan');
  const { reliability, ece, brier } = figures[level];
  const { calibration } = figures;
  return (
    <Panel
      title="Calibration"
      actions={<Segmented label="Reliability by" options={levels} value={level} onChange={(next) => setLevel(next)} />}
    >
      <div className="h-unit-pair">
        <UnitPlot
          title="Reliability of this run"
          xLabel="Probability given"
          yLabel="Share right"
          lines={[lineOf('here', level === 'scan' ? 'Scans' : 'Slices', reliability, 'var(--series-0)')]}
          diagonal={true}
        />
        {calibration === null ? null : (
          <UnitPlot
            title="Reliability before and after the temperature"
            xLabel="Probability given"
            yLabel="Share right"
            lines={[
              { ...lineOf('before', 'Before', calibration.before.reliability, 'var(--series-1)'), dashed: true },
              lineOf('after', 'After', calibration.after.reliability, 'var(--series-0)'),
            ]}
            diagonal={true}
          />
        )}
      </div>
      <table className="h-run-figures">
        <thead>
          <tr>
            <th scope="col">Measured on</th>
            <th scope="col">Calibration error ↓</th>
            <th scope="col">Brier score ↓</th>
          </tr>
        </thead>
        <tbody>
          <Row title={level === 'scan' ? 'this run, scans' : 'this run, slices'} {...{ ece, brier }} />
          {calibration === null ? null : (
            <>
              <Row title="held-out groups, before" {...calibration.before} />
              <Row title="held-out groups, after" {...calibration.after} />
            </>
          )}
        </tbody>
      </table>
      <p className="h-run-note h-faint">
        {calibration === null
          ? 'No calibration was fitted on groups apart from these.'
          : `Temperature ${formatFigure(calibration.temperature)}, fitted on ${plural(calibration.groups, 'held-out patient group')} (${plural(calibration.images, 'slice')}).`}{' '}
        On small sets the calibration error comes out too high.
      </p>
    </Panel>
  );
}

function Row({ title, ece, brier }: { readonly title: string } & Pick<LevelFigures, 'ece' | 'brier'>) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>
        <EstimateCell estimate={ece} />
      </td>
      <td>
        <EstimateCell estimate={brier} />
      </td>
    </tr>
  );
}

function lineOf(id: string, label: string, bins: Bins, color: string): UnitLine {
  const points = bins.flatMap(({ confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [[confidence, accuracy] as const],
  );
  return { id, label, color, points, dots: true };
}
