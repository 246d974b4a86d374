/** Ranks from 1; equal values share the mean of theirs. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const at = (index: number): number => values[index] ?? Number.NaN;
  const order = Array.from({ length: values.length }, (_, index) => index).sort((a, b) => at(a) - at(b));
  const result = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && at(order[to] ?? 0) === at(order[from] ?? 0)) to++;
    for (const index of order.slice(from, to)) result[index] = (from + to + 1) / 2;
    from = to;
  }
  return result;
}

/** Spearman's rank correlation, -1..1; 0 where one side never varies: nothing of the other can be read from it. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (x.length + 1) / 2;
  let [both, left, right] = [0, 0, 0];
  for (let index = 0; index < x.length; index++) {
    const dx = (x[index] ?? 0) - middle;
    const dy = (y[index] ?? 0) - middle;
    both += dx * dy;
    left += dx * dx;
    right += dy * dy;
  }
  return left === 0 || right === 0 ? 0 : both / Math.sqrt(left * right);
}
