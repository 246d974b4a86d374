/** McNemar's test on the cases that two models answer differently. */
export interface McNemar {
  /** Wrong before, right after. */
  readonly fixed: number;
  /** Right before, wrong after. */
  readonly broken: number;
  /** Exact two-sided p: twice the smaller binomial tail at 1/2, at most 1 (McNemar 1947). */
  readonly exact: number;
  /** Two-sided mid-p; closer to its level than the exact test, which is too careful (Fagerland, Lydersen & Laake 2013). */
  readonly midP: number;
}

/**
 * @param fixed cases that the second model alone has right, a whole number
 * @param broken cases that the first model alone has right, a whole number
 */
export function mcnemar(fixed: number, broken: number): McNemar {
  if (!isCount(fixed) || !isCount(broken)) throw new RangeError('expected two whole numbers of cases');
  const total = fixed + broken;
  const least = Math.min(fixed, broken);
  if (total === 0) return { fixed, broken, exact: 1, midP: 1 };
  const { tail, point } = fairCoin(total, least);
  if (fixed === broken) return { fixed, broken, exact: 1, midP: 1 - point / 2 };
  return { fixed, broken, exact: Math.min(1, 2 * tail), midP: Math.min(1, 2 * tail - point) };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** P(X <= k) and P(X = k) of `tosses` tosses of a fair coin, k <= tosses / 2. The point by logarithms, the tail by ratios. */
function fairCoin(tosses: number, k: number): { tail: number; point: number } {
  let log = -tosses * Math.LN2;
  for (let i = 1; i <= k; i++) log += Math.log((tosses - k + i) / i);
  const point = Math.exp(log);
  let tail = 0;
  let term = point;
  for (let i = k; i >= 0 && term > 0; i--) {
    tail += term;
    term *= i / (tosses - i + 1);
  }
  return { tail, point };
}
