/** A rising step-free curve through (score, value), linear between its corners. */
export interface IsotonicFit {
  /** Strictly rising. */
  readonly scores: readonly number[];
  /** Never falling. */
  readonly values: readonly number[];
}

interface Pool {
  readonly from: number;
  readonly to: number;
  readonly sum: number;
  readonly count: number;
}

/**
 * Isotonic regression by pooling adjacent violators (Barlow et al. 1972; Zadrozny & Elkan 2002 for calibration): the
 * never-falling values with the least squared distance. A reference line beside a temperature, not a way to calibrate small
 * sets: it has as many parameters as cases.
 * @param labels 0..1, of each score
 */
export function isotonicFit(scores: readonly number[], labels: readonly number[]): IsotonicFit {
  const pools: Pool[] = [];
  for (const each of equalScores(scores, labels)) {
    let pool = each;
    for (let last = pools.at(-1); last !== undefined && isAbove(last, pool); last = pools.at(-1)) {
      pools.pop();
      pool = { from: last.from, to: pool.to, sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  }
  const corners = pools.flatMap(({ from, to, sum, count }) =>
    (from === to ? [from] : [from, to]).map((score) => ({ score, value: sum / count })),
  );
  return { scores: corners.map(({ score }) => score), values: corners.map(({ value }) => value) };
}

/** Value of the curve at a score; beyond its ends the value at the end. NaN for an empty fit. */
export function isotonicAt({ scores, values }: IsotonicFit, score: number): number {
  const after = scores.findIndex((each) => each >= score);
  if (after === -1) return values.at(-1) ?? Number.NaN;
  const high = values[after] ?? Number.NaN;
  if (after === 0) return high;
  const low = values[after - 1] ?? Number.NaN;
  const left = scores[after - 1] ?? 0;
  return low + ((high - low) * (score - left)) / ((scores[after] ?? 0) - left);
}

/** One pool a distinct score, rising: equal scores must have one value. */
function equalScores(scores: readonly number[], labels: readonly number[]): Pool[] {
  const pools = new Map<number, Pool>();
  scores.forEach((score, i) => {
    const pool = pools.get(score);
    pools.set(score, {
      from: score,
      to: score,
      sum: (pool?.sum ?? 0) + (labels[i] ?? 0),
      count: (pool?.count ?? 0) + 1,
    });
  });
  return [...pools.values()].sort((a, b) => a.from - b.from);
}

function isAbove(last: Pool, next: Pool): boolean {
  return last.sum * next.count >= next.sum * last.count;
}
