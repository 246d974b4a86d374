import { z } from 'zod';

/** A rectangle in pixels of a picture; it may reach beyond the picture where black was padded. */
const rectangleSchema = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });
export type Rectangle = z.infer<typeof rectangleSchema>;

/** A heat map and where it lies on the picture. */
export const heatMapSchema = z.object({
  /** Cells across and down. */
  columns: z.int().min(1),
  rows: z.int().min(1),
  /** Row-major, top-left first; 0: nothing for this class here, 1: the hottest cell. All 0: nothing speaks for the class. */
  values: z.array(z.number().min(0).max(1)),
  /** Heat from which on the hottest fifth begins; above 0. */
  hotFrom: z.number(),
  /** What the cells cover: the network's input, crop, padding and resize undone. */
  plane: rectangleSchema,
  /** Part of the picture that the network saw. */
  seen: rectangleSchema,
});
export type HeatMap = z.infer<typeof heatMapSchema>;

/** Heat at a point of the picture, bilinear between the cells' centres; 0 where the network saw nothing. @param x, y in pixels */
export function heatAt({ columns, rows, values, plane, seen }: HeatMap, x: number, y: number): number {
  if (x < seen.left || y < seen.top || x >= seen.left + seen.width || y >= seen.top + seen.height) return 0;
  const across = clamped(((x - plane.left) / plane.width) * columns - 0.5, columns - 1);
  const down = clamped(((y - plane.top) / plane.height) * rows - 0.5, rows - 1);
  const [left, top] = [Math.floor(across), Math.floor(down)];
  const [right, bottom] = [Math.min(left + 1, columns - 1), Math.min(top + 1, rows - 1)];
  const [dx, dy] = [across - left, down - top];
  const at = (row: number, column: number): number => values[row * columns + column] ?? 0;
  const above = at(top, left) * (1 - dx) + at(top, right) * dx;
  const below = at(bottom, left) * (1 - dx) + at(bottom, right) * dx;
  return above * (1 - dy) + below * dy;
}

function clamped(value: number, high: number): number {
  return Math.min(Math.max(value, 0), high);
}

/**
 * The map as pixels over a rectangle of the picture: heat of each, and 1 where the line around the hottest fifth runs.
 * @param width, height of the result; pixel centres are what is asked for
 */
export function drawnHeat(
  map: HeatMap,
  area: Rectangle,
  width: number,
  height: number,
): { readonly heat: Float32Array; readonly contour: Uint8Array } {
  const heat = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = area.top + ((row + 0.5) * area.height) / height;
    for (let column = 0; column < width; column++) {
      heat[row * width + column] = heatAt(map, area.left + ((column + 0.5) * area.width) / width, y);
    }
  }
  const isHot = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < height && column < width && (heat[row * width + column] ?? 0) >= map.hotFrom;
  const contour = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!isHot(row, column)) continue;
      const isInner =
        isHot(row - 1, column) && isHot(row + 1, column) && isHot(row, column - 1) && isHot(row, column + 1);
      contour[row * width + column] = isInner ? 0 : 1;
    }
  }
  return { heat, contour };
}
