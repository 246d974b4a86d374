import { byMerit, type Direction } from '../figures.ts';

/** How far the candidates of one rung are trained, and how many of them there are. */
export interface Rung {
  /** Share of each candidate's own epochs, so that all stand at the same point of their learning-rate schedule. */
  readonly share: number;
  readonly candidates: number;
}

export interface HalvingRules {
  /** Of each rung the best 1/eta go on; 1: nobody is stopped. */
  readonly eta: number;
  readonly leastEpochs: number;
}

/**
 * Successive halving (Jamieson and Talwalkar 2016) with the geometric rungs of one Hyperband bracket (Li et al. 2018): each
 * rung keeps the best 1/eta for eta times the epochs, the last one trains to the end.
 * @param epochs fewest epochs that a candidate asks for: its first rung is no shorter than leastEpochs
 */
export function planRungs(candidates: number, epochs: number, { eta, leastEpochs }: HalvingRules): Rung[] {
  const rungs: Rung[] = [{ share: 1, candidates }];
  if (eta < 2) return rungs;
  for (let kept = Math.floor(candidates / eta), part = eta; kept >= 1; kept = Math.floor(kept / eta), part *= eta) {
    if (epochs < leastEpochs * part) break;
    rungs.push({ share: 1, candidates: kept });
  }
  const last = rungs.length - 1;
  return rungs.map((rung, k) => ({ ...rung, share: eta ** (k - last) }));
}

/** Epochs that a candidate has behind it at the end of a rung. */
export function epochsAt({ share }: Rung, epochs: number): number {
  // The share of 1/3 is not exact: 3 of 9 must not become 4.
  return Math.min(epochs, Math.max(1, Math.ceil(epochs * share - 1e-9)));
}

/** What a candidate reached at the end of a rung. */
export interface Score {
  /** null: training failed, or there was nothing to measure; such a candidate goes no further. */
  readonly value: number | null;
  /** Decides between equal values, lower is better: few held-out images have few different accuracies. */
  readonly loss: number | null;
  /** Training ended before the rung did (early stopping): the figure stands for all later rungs. */
  readonly finished: boolean;
}

/** Of a candidate, by rung from 0; what is not there yet is missing. */
export type Scores = ReadonlyMap<number, readonly Score[]>;

/** Where a sweep stands. Candidates by index. */
export interface Standing {
  /** The rung in work, from 0; the last one when nothing is left to do. */
  readonly rung: number;
  /** To be trained to the end of this rung. */
  readonly waiting: readonly number[];
  /** Stopped early: the rung after which each was. */
  readonly dropped: ReadonlyMap<number, number>;
  /** Best first: who came further stands higher. */
  readonly ranking: readonly number[];
  readonly finished: boolean;
}

/** What there is to do after these scores. Equal ones keep their order, so the answer depends on nothing else. */
export function standing(rungs: readonly Rung[], scores: Scores, better: Exclude<Direction, null>): Standing {
  const dropped = new Map<number, number>();
  let alive = Array.from({ length: rungs[0]?.candidates ?? 0 }, (_, index) => index);
  let behind: number[] = [];
  for (const [k] of rungs.entries()) {
    const waiting = alive.filter((candidate) => scoreAt(scores, candidate, k) === undefined);
    const value = (candidate: number): number | null => scoreAt(scores, candidate, k)?.value ?? null;
    const loss = (candidate: number): number | null => scoreAt(scores, candidate, k)?.loss ?? null;
    const ordered = alive.toSorted(
      (a, b) => byMerit(value(a), value(b), better) || byMerit(loss(a), loss(b), 'lower') || a - b,
    );
    const next = rungs[k + 1];
    const isLast = next === undefined;
    if (waiting.length > 0 || isLast) {
      return { rung: k, waiting, dropped, ranking: [...ordered, ...behind], finished: waiting.length === 0 };
    }
    const good = ordered.filter((candidate) => value(candidate) !== null);
    const kept = good.slice(0, next.candidates);
    for (const candidate of good.slice(next.candidates)) dropped.set(candidate, k);
    behind = [...ordered.filter((candidate) => !kept.includes(candidate)), ...behind];
    // All of them failed: nothing is left to train.
    if (kept.length === 0) return { rung: k, waiting: [], dropped, ranking: behind, finished: true };
    alive = kept.toSorted((a, b) => a - b);
  }
  return { rung: 0, waiting: [], dropped, ranking: [], finished: true };
}

function scoreAt(scores: Scores, candidate: number, rung: number): Score | undefined {
  const own = scores.get(candidate) ?? [];
  return own[rung] ?? own.slice(0, rung).find((score) => score?.finished || score?.value === null);
}
