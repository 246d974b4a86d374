import { type Canvas, type Layer, pixelBox } from '../canvas.ts';
import { field } from '../lattice.ts';
import { cosine, type Point, sine } from '../numbers.ts';
import { edgeMm, put, type Surface } from './surface.ts';

/** An ellipsoid whose surface is bent by the random field. */
export interface Ellipsoid {
  readonly center: Point;
  readonly radii: Point;
  /** Rotation about x, y, z (applied in this order), in turns. */
  readonly turns?: Point;
  /** Bending of the surface, as a share of the radius. */
  readonly warp?: number;
  /** Size of the bends in mm. */
  readonly warpMm?: number;
  /** Where in the random field this shape reads. */
  readonly phase?: number;
}

/** Paints an ellipsoid, antialiased by its distance to the pixel. */
export function ellipsoid(shape: Ellipsoid, surface: Surface): Layer {
  const { center, radii, warp = 0, warpMm = 30, phase = 0 } = shape;
  const body: Body = { center, axes: unitSphereAxes(radii, shape.turns), warp, bend: 1 / warpMm, phase, surface };
  const largest = Math.max(...radii);
  const smallest = Math.min(...radii);
  return (canvas) => {
    const box = pixelBox(canvas, center, largest * (1 + warp) + 2 * canvas.cut.pixelMm);
    if (box === undefined) return;
    const margin = (1.5 * edgeMm(canvas)) / smallest;
    const outer = 1 + warp + margin;
    const inner = Math.max(0, 1 - warp - margin);
    for (let row = box.top; row <= box.bottom; row++) paintRow(canvas, body, row, outer * outer, inner * inner);
  };
}

interface Body {
  readonly center: Point;
  readonly axes: Axes;
  readonly warp: number;
  readonly bend: number;
  readonly phase: number;
  readonly surface: Surface;
}

type Axes = readonly [p: Point, q: Point, r: Point];

/** Rows of the matrix that takes offsets in mm to the unit sphere. */
function unitSphereAxes(radii: Point, turns: Point = [0, 0, 0]): Axes {
  const [cx, sx] = [cosine(turns[0]), sine(turns[0])];
  const [cy, sy] = [cosine(turns[1]), sine(turns[1])];
  const [cz, sz] = [cosine(turns[2]), sine(turns[2])];
  const [a, b, c] = radii;
  return [
    [(cz * cy) / a, (sz * cy) / a, -sy / a],
    [(cz * sy * sx - sz * cx) / b, (sz * sy * sx + cz * cx) / b, (cy * sx) / b],
    [(cz * sy * cx + sz * sx) / c, (sz * sy * cx - cz * sx) / c, (cy * cx) / c],
  ];
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** One row: solves for the columns inside the outer sphere, then paints them. Squares of radii in unit-sphere coordinates. */
function paintRow(canvas: Canvas, body: Body, row: number, outer2: number, inner2: number): void {
  const { cut, width } = canvas;
  const { center, axes } = body;
  const start: Point = [
    cut.origin[0] + row * cut.down[0] - center[0],
    cut.origin[1] + row * cut.down[1] - center[1],
    cut.origin[2] + row * cut.down[2] - center[2],
  ];
  const [p0, q0, r0] = [dot(axes[0], start), dot(axes[1], start), dot(axes[2], start)];
  const [dp, dq, dr] = [dot(axes[0], cut.right), dot(axes[1], cut.right), dot(axes[2], cut.right)];
  const step2 = dp * dp + dq * dq + dr * dr;
  const nearest = -(p0 * dp + q0 * dq + r0 * dr) / step2;
  const halfSpan2 = nearest * nearest - (p0 * p0 + q0 * q0 + r0 * r0 - outer2) / step2;
  if (halfSpan2 <= 0) return;
  const halfSpan = Math.sqrt(halfSpan2);
  const last = Math.min(width - 1, Math.floor(nearest + halfSpan));
  const { fill, label, clipped } = body.surface;
  for (let column = Math.max(0, Math.ceil(nearest - halfSpan)); column <= last; column++) {
    const index = row * width + column;
    const inside = clipped ? (canvas.cavity[index] ?? 0) : 1;
    if (inside === 0) continue;
    const p = p0 + column * dp;
    const q = q0 + column * dq;
    const r = r0 + column * dr;
    const square = p * p + q * q + r * r;
    const radius = Math.sqrt(square);
    const x = center[0] + start[0] + column * cut.right[0];
    const y = center[1] + start[1] + column * cut.right[1];
    const z = center[2] + start[2] + column * cut.right[2];
    if (square < inner2) {
      put(canvas, index, inside, fill(x, y, z, 1 - radius), label);
      continue;
    }
    const surfaceAt =
      body.warp === 0 ? 1 : 1 + body.warp * field(x * body.bend + body.phase, y * body.bend, z * body.bend);
    const cover = 0.5 - (radius - surfaceAt) / (2 * edgeMm(canvas) * slopeAt(axes, p, q, r, radius));
    if (cover > 0)
      put(canvas, index, Math.min(1, cover) * inside, fill(x, y, z, Math.max(0, surfaceAt - radius)), label);
  }
}

/** How fast the unit-sphere radius grows with distance in space, 1/mm. */
function slopeAt(axes: Axes, p: number, q: number, r: number, radius: number): number {
  const x = axes[0][0] * p + axes[1][0] * q + axes[2][0] * r;
  const y = axes[0][1] * p + axes[1][1] * q + axes[2][1] * r;
  const z = axes[0][2] * p + axes[1][2] * q + axes[2][2] * r;
  return Math.sqrt(x * x + y * y + z * z) / radius;
}
