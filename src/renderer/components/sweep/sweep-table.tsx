import type { Sweep, SweepCandidate } from '../../../main/ipc/contract.ts';
import { formatFigure } from '../../format/numbers.ts';
import { href, pathOf } from '../../stores/route.ts';
import { EstimateCell } from '../figures/estimate-cell.tsx';
import { shortKey, stateTitles, sweptKeys, sweptValue } from './sweep-words.ts';
import './sweep.css';

interface SweepTableProps {
  readonly sweep: Sweep;
  /** Run that is in sight already. */
  readonly current?: string;
}

/** The candidates of a sweep, best first: what each was given, and what it reached on held-out groups. */
export function SweepTable({ sweep, current }: SweepTableProps) {
  const keys = sweptKeys(sweep);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-sweep-frame" aria-label={`Candidates of ${sweep.name}`} tabIndex={0}>
      <table className="h-sweep">
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            {keys.map((key) => (
              <th key={key} scope="col" title={key}>
                {shortKey(key)}
              </th>
            ))}
            <th scope="col">Balanced accuracy</th>
            <th scope="col">By scan</th>
            <th scope="col" className="h-sweep-number">
              Loss
            </th>
            <th scope="col" className="h-sweep-number">
              Epochs
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {sweep.candidates.map((candidate) => (
            <Row
              key={candidate.number}
              candidate={candidate}
              keys={keys}
              isWinner={candidate.number === sweep.winner}
              isCurrent={candidate.run !== null && candidate.run === current}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly candidate: SweepCandidate;
  readonly keys: readonly string[];
  readonly isWinner: boolean;
  readonly isCurrent: boolean;
}

function Row({ candidate, keys, isWinner, isCurrent }: RowProps) {
  const { number, run, changes, state, balancedAccuracy, scanBalancedAccuracy, logLoss, epochs } = candidate;
  return (
    <tr className={isCurrent ? 'h-sweep-current' : undefined} aria-current={isCurrent ? 'true' : undefined}>
      <th scope="row">
        {run === null ? `#${number}` : <a href={href(pathOf('runs', [run]))}>#{number}</a>}
        {isWinner ? <strong className="h-sweep-winner"> Winner</strong> : null}
      </th>
      {keys.map((key) => (
        <td key={key} className="h-num">
          {sweptValue(changes[key])}
        </td>
      ))}
      <td>
        <EstimateCell estimate={balancedAccuracy} />
      </td>
      <td>
        <EstimateCell estimate={scanBalancedAccuracy} />
      </td>
      <td className="h-sweep-number h-num">{logLoss?.value == null ? '–' : formatFigure(logLoss.value)}</td>
      <td className="h-sweep-number h-num">{epochs}</td>
      <td>{stateTitles[state]}</td>
    </tr>
  );
}
