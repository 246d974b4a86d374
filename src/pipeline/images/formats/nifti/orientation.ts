import { HilumError } from '../../../domain/errors.ts';
import type { NiftiHeader, Vector } from './header.ts';

/** How an axial picture walks through the voxels: index = start + column * across + row * down + slice * up. */
export interface AxialLayout {
  readonly width: number;
  readonly height: number;
  readonly slices: number;
  readonly start: number;
  readonly across: number;
  readonly down: number;
  readonly up: number;
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * Axial slices as a radiologist sees them: the patient's right at image left, anterior on top, slices from feet to head.
 * Any of the 48 axis orders and directions; an oblique volume takes the order nearest to its axes.
 * @throws HilumError `image/not-axial` when the affine gives no directions
 */
export function axialLayout({ size, axes }: Pick<NiftiHeader, 'size' | 'axes'>): AxialLayout {
  const units = axes.map(unit);
  const cosine = (axis: number, world: number): number => units[axis]?.[world] ?? 0;
  const agreement = (order: readonly number[]): number =>
    order.reduce((sum, axis, world) => sum + Math.abs(cosine(axis, world)), 0);
  const best = orders.reduce((winner, order) => (agreement(order) > agreement(winner) + 1e-9 ? order : winner));
  const strides = [1, size[0], size[0] * size[1]] as const;
  // World axes of NIfTI point right, anterior and superior; pictures run to the left, to posterior and to superior.
  const [right, anterior, superior] = best;
  const across = walk(size[right], strides[right], cosine(right, 0) < 0);
  const down = walk(size[anterior], strides[anterior], cosine(anterior, 1) < 0);
  const up = walk(size[superior], strides[superior], cosine(superior, 2) > 0);
  return {
    width: size[right],
    height: size[anterior],
    slices: size[superior],
    start: across.start + down.start + up.start,
    across: across.step,
    down: down.step,
    up: up.step,
  };
}

function walk(count: number, stride: number, forward: boolean): { start: number; step: number } {
  return forward ? { start: 0, step: stride } : { start: (count - 1) * stride, step: -stride };
}

function unit(axis: Vector): Vector {
  const length = Math.hypot(...axis);
  if (!(length > 0 && Number.isFinite(length))) {
    throw new HilumError('image/not-axial', { what: 'its orientation is not usable' });
  }
  return [axis[0] / length, axis[1] / length, axis[2] / length];
}
