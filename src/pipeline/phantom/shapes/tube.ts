import type { Canvas, Layer } from '../canvas.ts';
import { clamp, type Point } from '../numbers.ts';
import { edgeMm, put, type Surface } from './surface.ts';

/** A vessel-like tube with round ends. */
export interface Tube {
  readonly from: Point;
  readonly to: Point;
  readonly fromRadius: number;
  readonly toRadius: number;
}

/** Paints a tube, antialiased. */
export function tube(shape: Tube, surface: Surface): Layer {
  const { from, to, fromRadius, toRadius } = shape;
  const { fill, label, clipped } = surface;
  const ax = to[0] - from[0];
  const ay = to[1] - from[1];
  const az = to[2] - from[2];
  const length2 = Math.max(1e-9, ax * ax + ay * ay + az * az);
  return (canvas) => {
    const box = shadow(canvas, shape);
    if (box === undefined) return;
    const { cut, width } = canvas;
    const soft = edgeMm(canvas);
    for (let row = box.top; row <= box.bottom; row++) {
      for (let column = box.left; column <= box.right; column++) {
        const index = row * width + column;
        const inside = clipped ? (canvas.cavity[index] ?? 0) : 1;
        if (inside === 0) continue;
        const x = cut.origin[0] + column * cut.right[0] + row * cut.down[0];
        const y = cut.origin[1] + column * cut.right[1] + row * cut.down[1];
        const z = cut.origin[2] + column * cut.right[2] + row * cut.down[2];
        const dx = x - from[0];
        const dy = y - from[1];
        const dz = z - from[2];
        const t = clamp((dx * ax + dy * ay + dz * az) / length2, 0, 1);
        const radius = fromRadius + (toRadius - fromRadius) * t;
        const ox = dx - t * ax;
        const oy = dy - t * ay;
        const oz = dz - t * az;
        const square = ox * ox + oy * oy + oz * oz;
        if (square >= (radius + soft) * (radius + soft)) continue;
        const distance = Math.sqrt(square);
        const cover = Math.min(1, 0.5 - (distance - radius) / (2 * soft));
        put(canvas, index, cover * inside, fill(x, y, z, Math.max(0, 1 - distance / radius)), label);
      }
    }
  };
}

/** Pixels that the tube's outline can touch, or undefined when the cut misses it. */
function shadow(canvas: Canvas, shape: Tube) {
  const { cut, width, height } = canvas;
  const reach = Math.max(shape.fromRadius, shape.toRadius) + cut.pixelMm;
  const [a, b] = [onCut(canvas, shape.from), onCut(canvas, shape.to)];
  if (Math.min(a.away, b.away) > reach || Math.max(a.away, b.away) < -reach) return undefined;
  const pixels = reach / cut.pixelMm;
  const box = {
    left: Math.max(0, Math.floor(Math.min(a.column, b.column) - pixels)),
    right: Math.min(width - 1, Math.ceil(Math.max(a.column, b.column) + pixels)),
    top: Math.max(0, Math.floor(Math.min(a.row, b.row) - pixels)),
    bottom: Math.min(height - 1, Math.ceil(Math.max(a.row, b.row) + pixels)),
  };
  return box.left > box.right || box.top > box.bottom ? undefined : box;
}

/** Pixel below a point, and the signed distance of the point from the cut in mm. */
function onCut(canvas: Canvas, point: Point): { column: number; row: number; away: number } {
  const { origin, right, down, pixelMm } = canvas.cut;
  const square = pixelMm * pixelMm;
  const x = point[0] - origin[0];
  const y = point[1] - origin[1];
  const z = point[2] - origin[2];
  return {
    column: (x * right[0] + y * right[1] + z * right[2]) / square,
    row: (x * down[0] + y * down[1] + z * down[2]) / square,
    away:
      (x * (right[1] * down[2] - right[2] * down[1]) +
        y * (right[2] * down[0] - right[0] * down[2]) +
        z * (right[0] * down[1] - right[1] * down[0])) /
      square,
  };
}
