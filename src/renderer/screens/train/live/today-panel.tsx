import type { Cell, RunRow } from '../../../api.ts';
import { Badge } from '../../../components/feedback/badge.tsx';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatDuration, plural } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { Resume } from './run-panel.tsx';

const canGoOn: ReadonlySet<string> = new Set(['cancelled', 'interrupted', 'failed']);

/** Runs of today with what came out; one that stopped on its way can go on. */
export function TodayPanel({ runs }: { readonly runs: readonly RunRow[] }) {
  if (runs.length === 0) return null;
  return (
    <Panel title="Today" subtitle={plural(runs.length, 'run')} padded={false}>
      <div className="h-train-today-frame">
        <table className="h-train-today">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Ended</th>
              <th scope="col">Balanced acc. by scan</th>
              <th scope="col" className="h-train-time">
                Time
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Row key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Row({ run: { id, name, outcome, leaky, cells } }: { readonly run: RunRow }) {
  const [figure, seconds] = cells;
  return (
    <tr>
      <th scope="row">
        <span className="h-train-name">
          <a className="h-cut" title={name} href={href(pathOf('runs', [id]))}>
            {name}
          </a>
          {leaky ? <Badge tone="bad">Leaky</Badge> : null}
        </span>
      </th>
      <td>
        <span className="h-train-outcome">
          <OutcomeBadge outcome={outcome} />
          {canGoOn.has(outcome) ? <Resume run={id} name={name} /> : null}
        </span>
      </td>
      <td>
        <EstimateCell estimate={estimateIn(figure)} />
      </td>
      <td className="h-train-time">{typeof seconds === 'number' ? formatDuration(seconds * 1000) : ''}</td>
    </tr>
  );
}

function estimateIn(cell: Cell | undefined) {
  return typeof cell === 'object' && cell !== null ? cell : null;
}
