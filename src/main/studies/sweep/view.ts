import type { Estimate } from '../../../pipeline/domain/metrics.ts';
import type { SweepDefinition, SweepObjective } from '../../../pipeline/domain/sweep.ts';
import type { Direction } from '../figures.ts';
import { type Rung, type Score, type Standing, standing } from './halving.ts';
import type { Measurement, RecordedSweep } from './journal.ts';

export type CandidateState = 'waiting' | 'in the race' | 'stopped early' | 'failed' | 'trained to the end';

/** One candidate of a sweep as people see it. */
export interface CandidateView {
  /** From 1. */
  readonly number: number;
  readonly changes: Readonly<Record<string, unknown>>;
  /** null before it was trained. */
  readonly run: string | null;
  readonly state: CandidateState;
  /** Rungs that it was measured at. */
  readonly rungs: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  /** What it is ranked by. */
  readonly objective: Estimate | null;
  readonly balancedAccuracy: Estimate | null;
  /** Scans as units. */
  readonly scanBalancedAccuracy: Estimate | null;
  readonly logLoss: Estimate | null;
}

export interface SweepView {
  readonly id: string;
  readonly name: string;
  readonly madeAt: string;
  readonly definition: SweepDefinition;
  readonly objective: SweepObjective;
  readonly protocol: 'holdout' | 'cross-validated';
  readonly rungs: readonly Rung[];
  /** The rung in work, from 1. */
  readonly rung: number;
  readonly finished: boolean;
  /** Best first. */
  readonly candidates: readonly CandidateView[];
  /** Number of the best candidate, once all is done; null also when none could be measured. */
  readonly winner: number | null;
  /** What must be known before the figures are believed. */
  readonly honesty: string;
}

const directions: Readonly<Record<SweepObjective, Exclude<Direction, null>>> = {
  validation_balanced_accuracy: 'higher',
  validation_loss: 'lower',
};

/** Where a sweep stands after what was measured. */
export function standingOf({ plan, measurements }: RecordedSweep): Standing {
  const scores = new Map<number, Score[]>();
  for (const measurement of measurements) {
    const own = scores.get(measurement.candidate) ?? [];
    own[measurement.rung] = {
      value: objectiveOf(measurement, plan.definition.objective)?.value ?? null,
      loss: measurement.heldOut?.log_loss.value ?? null,
      finished: measurement.finished,
    };
    scores.set(measurement.candidate, own);
  }
  return standing(plan.rungs, scores, directions[plan.definition.objective]);
}

export function sweepView(sweep: RecordedSweep): SweepView {
  const { id, madeAt, plan } = sweep;
  const now = standingOf(sweep);
  const { name, objective } = plan.definition;
  const candidates = now.ranking.map((index) => candidateView(sweep, index, now));
  const [first] = candidates;
  return {
    ...{ id, name, madeAt, objective, definition: plan.definition, protocol: plan.protocol, rungs: plan.rungs },
    rung: now.rung + 1,
    finished: now.finished,
    candidates,
    winner: now.finished && first !== undefined && (first.objective?.value ?? null) !== null ? first.number : null,
    honesty: [honestyOf(plan.candidates.length, plan.protocol), ...rivalsText(candidates)].join(' '),
  };
}

function candidateView({ plan, measurements }: RecordedSweep, index: number, { dropped }: Standing): CandidateView {
  const own = measurements.filter(({ candidate }) => candidate === index);
  const last = own.at(-1);
  const heldOut = last?.heldOut ?? null;
  return {
    number: index + 1,
    changes: plan.candidates[index]?.changes ?? {},
    run: last?.run ?? null,
    state: stateOf(last, dropped.has(index)),
    rungs: own.length,
    epochs: last?.epochs ?? 0,
    bestEpoch: last?.bestEpoch ?? 0,
    objective: last === undefined ? null : objectiveOf(last, plan.definition.objective),
    balancedAccuracy: heldOut?.balanced_accuracy ?? null,
    scanBalancedAccuracy: heldOut?.scan_balanced_accuracy ?? null,
    logLoss: heldOut?.log_loss ?? null,
  };
}

function stateOf(last: Measurement | undefined, isDropped: boolean): CandidateState {
  if (last === undefined) return 'waiting';
  if (last.failed !== null) return 'failed';
  // One that had ended by itself was not stopped by the sweep.
  if (last.finished) return 'trained to the end';
  return isDropped ? 'stopped early' : 'in the race';
}

function objectiveOf({ heldOut }: Measurement, objective: SweepObjective): Estimate | null {
  if (heldOut === null) return null;
  return objective === 'validation_loss' ? heldOut.log_loss : heldOut.balanced_accuracy;
}

/** Whose interval overlaps with the winner's: the sweep does not tell them apart. */
function rivalsText([first, ...others]: readonly CandidateView[]): string[] {
  const [low, high] = [first?.objective?.low ?? null, first?.objective?.high ?? null];
  if (low === null || high === null) return [];
  const rivals = others.filter(({ objective }) => {
    const [from, to] = [objective?.low ?? null, objective?.high ?? null];
    return from !== null && to !== null && from <= high && to >= low;
  });
  if (rivals.length === 0) return [];
  const whose =
    rivals.length === 1
      ? 'The interval of 1 other candidate overlaps'
      : `The intervals of ${rivals.length} other candidates overlap`;
  return [`${whose} with the best one's: this sweep does not tell them apart.`];
}

/** The best of many is lucky too: cross-validation does not change that (Cawley and Talbot 2010). */
function honestyOf(candidates: number, protocol: SweepView['protocol']): string {
  const where = protocol === 'holdout' ? 'the validation groups' : 'the out-of-fold groups';
  const next = protocol === 'holdout' ? 'Evaluate it on the test part' : 'Evaluate it on groups that were kept aside';
  return `The winner of ${candidates} candidates is chosen on ${where}, so its figure there is optimistic. ${next}, or by nested validation, before you quote one.`;
}
