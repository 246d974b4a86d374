/** A point of a curve in the unit square. */
export type UnitPoint = [number, number];

/** Closer points are one pixel on any screen. */
const step = 1 / 200;

/** The same curve with fewer points: first and last stay, others only when they moved far enough to be seen. */
export function thinned(points: readonly UnitPoint[]): UnitPoint[] {
  const kept: UnitPoint[] = [];
  points.forEach((point, i) => {
    const last = kept.at(-1);
    const moved = last === undefined || Math.max(Math.abs(point[0] - last[0]), Math.abs(point[1] - last[1])) >= step;
    if (moved || i === points.length - 1) kept.push(point);
  });
  return kept;
}
