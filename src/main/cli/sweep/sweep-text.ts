import type { Estimate } from '../../../pipeline/domain/metrics.ts';
import { estimateText } from '../../studies/figures.ts';
import type { CandidateView, SweepView } from '../../studies/sweep/view.ts';
import { textTable } from '../../studies/text-table.ts';

/** A sweep for people: its candidates, best first, and what may be believed of the winner. */
export function sweepText(sweep: SweepView): string {
  const { name, id, candidates, rungs, winner, honesty } = sweep;
  const keys = [...new Set(candidates.flatMap(({ changes }) => Object.keys(changes)))];
  const rows = candidates.map((each, place) => [
    String(place + 1),
    `#${each.number}`,
    each.run ?? '',
    ...keys.map((key) => valueText(each.changes[key])),
    String(each.epochs),
    cell(each.balancedAccuracy),
    cell(each.scanBalancedAccuracy),
    cell(each.logLoss),
    each.state,
  ]);
  const titles = ['', 'candidate', 'run', ...keys, 'epochs', 'balanced accuracy', 'by scan', 'loss', 'state'];
  const ladder = rungs.map(({ candidates: count, share }) => `${count} to ${percent(share)}`).join(', ');
  return [
    `Sweep "${name}" (${id}), ranked by ${sweep.objective}. Rungs of epochs: ${ladder}.`,
    textTable(titles, rows),
    '',
    winner === null ? endless(sweep) : `Winner: ${winnerText(sweep, candidates[0])}.`,
    honesty,
  ].join('\n');
}

/** The same for `--json`. */
export function sweepValue(sweep: SweepView, applied: boolean) {
  const { id, name, madeAt, definition, objective, protocol, rungs, finished, winner, honesty } = sweep;
  return {
    ...{ id, name, started_at: madeAt, definition, objective, protocol, rungs, finished, winner, applied, honesty },
    candidates: sweep.candidates.map((each) => ({
      candidate: each.number,
      run: each.run,
      changes: each.changes,
      state: each.state,
      rungs: each.rungs,
      epochs: each.epochs,
      best_epoch: each.bestEpoch,
      balanced_accuracy: each.balancedAccuracy,
      scan_balanced_accuracy: each.scanBalancedAccuracy,
      log_loss: each.logLoss,
    })),
  };
}

function winnerText({ objective }: SweepView, first: CandidateView | undefined): string {
  if (first === undefined) return '';
  const values = Object.entries(first.changes).map(([key, value]) => `${key} = ${valueText(value)}`);
  return `#${first.number} with ${values.join(', ')}; ${objective} ${cell(first.objective)}`;
}

function endless({ finished, id }: SweepView): string {
  return finished
    ? 'No candidate could be measured.'
    : `Not all of it is done: \`hilum sweep --resume ${id}\` goes on.`;
}

function cell(estimate: Estimate | null): string {
  return estimate === null ? '' : estimateText(estimate);
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
