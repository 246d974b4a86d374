import type { Point } from './numbers.ts';

/** Values of the truth mask. */
export const labels = {
  background: 0,
  body: 1,
  kidney: 2,
  cyst: 3,
  tumour: 4,
  stone: 5,
  liver: 6,
  spleen: 7,
  bone: 8,
  vessel: 9,
  bowel: 10,
  muscle: 11,
  lung: 12,
  gallbladder: 13,
  pancreas: 14,
} as const;
export type Label = (typeof labels)[keyof typeof labels];

/** A cut through the patient: where pixel (0, 0) lies and how far one pixel to the right and down goes, in mm. */
export interface Cut {
  readonly plane: 'axial' | 'coronal';
  readonly origin: Point;
  readonly right: Point;
  readonly down: Point;
  readonly pixelMm: number;
}

/** A picture in the making. `cavity` says which share of a pixel lies inside the muscle wall; organs are clipped to it. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly cut: Cut;
  readonly hu: Float32Array;
  readonly labels: Uint8Array;
  readonly cavity: Float32Array;
}

/** One structure of the anatomy; layers are painted in order, the later over the earlier. */
export type Layer = (canvas: Canvas) => void;

/** HU inside a structure at a point. `depth`: 0 at the surface, 1 at the middle. */
export type Fill = (x: number, y: number, z: number, depth: number) => number;

export const airHu = -1000;

export function blankCanvas(cut: Cut, width: number, height: number): Canvas {
  return {
    width,
    height,
    cut,
    hu: new Float32Array(width * height).fill(airHu),
    labels: new Uint8Array(width * height),
    cavity: new Float32Array(width * height),
  };
}

/** First and last pixel in each direction of what lies within `radius` mm of a point, or undefined when the cut misses it. */
export function pixelBox(canvas: Canvas, center: Point, radius: number) {
  const { origin, right, down, pixelMm } = canvas.cut;
  const dx = center[0] - origin[0];
  const dy = center[1] - origin[1];
  const dz = center[2] - origin[2];
  const step2 = pixelMm * pixelMm;
  const column = (dx * right[0] + dy * right[1] + dz * right[2]) / step2;
  const row = (dx * down[0] + dy * down[1] + dz * down[2]) / step2;
  const away2 = dx * dx + dy * dy + dz * dz - (column * column + row * row) * step2;
  const reach2 = radius * radius - away2;
  if (reach2 <= 0) return undefined;
  const reach = Math.sqrt(reach2) / pixelMm + 1;
  const box = {
    left: Math.max(0, Math.floor(column - reach)),
    right: Math.min(canvas.width - 1, Math.ceil(column + reach)),
    top: Math.max(0, Math.floor(row - reach)),
    bottom: Math.min(canvas.height - 1, Math.ceil(row + reach)),
  };
  return box.left > box.right || box.top > box.bottom ? undefined : box;
}
