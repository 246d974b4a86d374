import type { HeatMap, Rectangle } from '../domain/heat-map.ts';
import { hotShare } from '../domain/trust.ts';
import { type Grid, hottest, resized } from './grid.ts';

/** Cells a side at which the hottest fifth is found, so that its edge does not jump with the map's own cells. */
const fine = 112;
/** Digits of a value: a map is looked at, and the JSON stays small. */
const steps = 1e3;

/** A grid over the network's input, scaled to its hottest cell and laid on the picture. */
export function heatMapOn(grid: Grid, place: { readonly plane: Rectangle; readonly seen: Rectangle }): HeatMap {
  const peak = Math.max(...grid.values);
  const scaled = grid.values.map((value) => (peak > 0 ? value / peak : 0));
  return {
    columns: grid.width,
    rows: grid.height,
    values: Array.from(scaled, (value) => Math.round(value * steps) / steps),
    hotFrom: hotFrom({ ...grid, values: scaled }),
    ...place,
  };
}

function hotFrom(grid: Grid): number {
  const large = resized(grid, fine, fine);
  const hot = hottest(large, hotShare);
  let lowest = 1;
  large.values.forEach((value, index) => {
    if (hot[index] === 1) lowest = Math.min(lowest, value);
  });
  return Math.max(lowest, 1 / steps);
}
