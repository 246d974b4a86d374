/** Values on a grid that covers the network's input, row-major, top-left first. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** Bilinear between cell centres; outside the outermost centres the edge's value. */
export function resized(grid: Grid, width: number, height: number): Grid {
  if (grid.width === width && grid.height === height) return grid;
  const values = new Float64Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = ((row + 0.5) * grid.height) / height - 0.5;
    for (let column = 0; column < width; column++) {
      values[row * width + column] = valueAt(grid, ((column + 0.5) * grid.width) / width - 0.5, y);
    }
  }
  return { width, height, values };
}

/** @param x in cells, 0: centre of the first column */
function valueAt({ width, height, values }: Grid, x: number, y: number): number {
  const column = Math.min(Math.max(x, 0), width - 1);
  const row = Math.min(Math.max(y, 0), height - 1);
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const [dx, dy] = [column - left, row - top];
  const at = (r: number, c: number): number => values[r * width + c] ?? 0;
  const above = at(top, left) * (1 - dx) + at(top, right) * dx;
  const below = at(bottom, left) * (1 - dx) + at(bottom, right) * dx;
  return above * (1 - dy) + below * dy;
}

/** 1 for the cells with the highest values above 0, at most `share` of all; ties are taken in order of place. */
export function hottest({ values }: Pick<Grid, 'values'>, share: number): Uint8Array {
  const most = Math.floor(share * values.length);
  const sorted = Float64Array.from(values).sort();
  const lowest = Math.max(sorted[values.length - most] ?? Number.POSITIVE_INFINITY, Number.MIN_VALUE);
  const mask = new Uint8Array(values.length);
  let free = most;
  values.forEach((value, index) => {
    if (value <= lowest) return;
    mask[index] = 1;
    free--;
  });
  values.forEach((value, index) => {
    if (value !== lowest || free === 0) return;
    mask[index] = 1;
    free--;
  });
  return mask;
}
