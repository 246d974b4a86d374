/** 97.5 % quantile of the standard normal. */
const z95 = 1.959963984540054;

/**
 * 95 % interval of a share (Wilson 1927, without continuity correction): stays inside 0..1 and keeps its level with few
 * cases. For independent cases; slices of one patient are not: use the bootstrap over groups there.
 * @returns null without cases
 */
export function wilsonInterval(part: number, whole: number): { low: number; high: number } | null {
  if (whole <= 0) return null;
  const share = part / whole;
  const scale = 1 + z95 ** 2 / whole;
  const centre = (share + z95 ** 2 / (2 * whole)) / scale;
  const half = (z95 / scale) * Math.sqrt((share * (1 - share)) / whole + z95 ** 2 / (4 * whole ** 2));
  return { low: part === 0 ? 0 : centre - half, high: part === whole ? 1 : centre + half };
}
