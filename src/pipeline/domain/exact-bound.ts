/**
 * Low end of the two-sided 95 % interval of a share by Clopper and Pearson (1934): the share at which `hits` or more of
 * `cases` would still be seen 2.5 % of the time. With few cases a bootstrap that never saw a miss says 1; this does not.
 */
export function exactLowerBound(hits: number, cases: number): number {
  if (hits <= 0 || cases <= 0) return 0;
  let low = 0;
  let high = hits / cases;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atLeast(hits, cases, middle) < 0.025) low = middle;
    else high = middle;
  }
  return low;
}

/** Probability of `hits` or more in `cases` draws, summed in logarithms so that hundreds of cases do not underflow. */
function atLeast(hits: number, cases: number, share: number): number {
  let sum = 0;
  let logChoose = 0;
  for (let k = 0; k <= cases; k++) {
    if (k > 0) logChoose += Math.log(cases - k + 1) - Math.log(k);
    if (k < hits) continue;
    const failures = cases - k === 0 ? 0 : (cases - k) * Math.log1p(-share);
    sum += Math.exp(logChoose + k * Math.log(share) + failures);
  }
  return sum;
}
