import { type OverallMetricName, overallMetricInfo, overallMetricNames } from '../../../../pipeline/domain/metrics.ts';
import type { Run } from '../../../api.ts';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { plural } from '../../../format/numbers.ts';
import { scaleOf } from '../compare/difference.ts';
import { arrowOf } from '../list/run-columns.tsx';
import { ClassTable } from './class-table.tsx';

type Metrics = NonNullable<Run['metrics']>;

/** What was measured on patients that training never saw: by scan first, then by slice, then for each class. */
export function FiguresPanel({ run }: { readonly run: Run }) {
  const { metrics } = run;
  if (metrics === null) {
    return (
      <Panel title="Figures">
        <p className="h-soft">
          {run.outcome === 'running'
            ? 'They come when training has ended and the model was evaluated.'
            : 'This run was never evaluated on held-out patients: there are only its curves.'}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Figures" subtitle={measuredOn(metrics)} padded={false}>
      <div className="h-run-scroll">
        <table className="h-run-figures">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">By scan</th>
              <th scope="col">By slice</th>
            </tr>
          </thead>
          <tbody>
            {overallMetricNames.map((name) => (
              <FigureRow key={name} name={name} metrics={metrics} />
            ))}
          </tbody>
        </table>
        <ClassTable metrics={metrics} />
      </div>
      <p className="h-run-basis h-faint">
        95 % intervals by bootstrap over patient groups, {plural(metrics.resamples, 'resample')}. {metrics.notice}
      </p>
    </Panel>
  );
}

function measuredOn({ part, protocol, counts: { images, scans, groups } }: Metrics): string {
  const where = protocol === 'cross-validated' ? 'cross-validated' : `${part} part`;
  return `${where}: ${plural(scans, 'scan')} of ${plural(groups, 'patient group')}, ${plural(images, 'slice')}`;
}

function FigureRow({ name, metrics }: { readonly name: OverallMetricName; readonly metrics: Metrics }) {
  const { title, higherIsBetter } = overallMetricInfo[name];
  const [scan, slice] = [metrics.scan[name], metrics.slice[name]];
  const [min, max] = scaleOf([scan, slice]);
  return (
    <tr>
      <th scope="row" title={`${higherIsBetter ? 'Higher' : 'Lower'} is better`}>
        {title} <span className="h-faint">{arrowOf(higherIsBetter ? 'higher' : 'lower')}</span>
      </th>
      <td>
        <EstimateCell estimate={scan} min={min} max={max} />
      </td>
      <td>
        <EstimateCell estimate={slice} min={min} max={max} />
      </td>
    </tr>
  );
}
