import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitScale,
  fitted,
  flipped,
  type Matrix,
  matrixOf,
  type Placement,
  type Point,
  panned,
  pixelAt,
  turned,
  zoomed,
} from '../../../../src/renderer/components/image-view/placement.ts';

const image = { width: 512, height: 256 };
const pane = { width: 1024, height: 1024 };
const at = ({ a, b, c, d, e, f }: Matrix, { x, y }: Point) => ({ x: a * x + c * y + e, y: b * x + d * y + f });
const corner = (placement: Placement, point: Point) => at(matrixOf(placement, image, pane, 1), point);

const placements = fc.record({
  zoom: fc.double({ min: 0.5, max: 8, noNaN: true }),
  panX: fc.integer({ min: -300, max: 300 }),
  panY: fc.integer({ min: -300, max: 300 }),
  turns: fc.integer({ min: 0, max: 3 }),
  mirrored: fc.boolean(),
});

describe('matrixOf', () => {
  it('fits the whole picture into the middle of the pane', () => {
    expect(fitScale(image, pane, 0)).toBe(2);
    expect(corner(fitted, { x: 0, y: 0 })).toEqual({ x: 0, y: 256 });
    expect(corner(fitted, { x: 512, y: 256 })).toEqual({ x: 1024, y: 768 });
  });

  it('turns clockwise: the top left corner goes to the top right', () => {
    expect(corner(turned(fitted), { x: 0, y: 0 })).toEqual({ x: 768, y: 0 });
    expect(corner(turned(fitted), { x: 512, y: 0 })).toEqual({ x: 768, y: 1024 });
  });

  it('flips what is seen left to right, turned or not', () => {
    expect(corner(flipped(fitted), { x: 0, y: 0 })).toEqual({ x: 1024, y: 256 });
    expect(corner(flipped(turned(fitted)), { x: 0, y: 0 })).toEqual({ x: 256, y: 0 });
  });

  it('moves by CSS pixels on displays with finer ones', () => {
    const matrix = matrixOf(panned(fitted, 10, -5), image, pane, 2);
    expect(at(matrix, { x: 0, y: 0 })).toEqual({ x: 20, y: 246 });
  });

  it('is the same after four turns and after two flips', () => {
    return fc.assert(
      fc.property(placements, (placement) => {
        expect(turned(turned(turned(turned(placement))))).toEqual(placement);
        expect(flipped(flipped(placement))).toEqual(placement);
      }),
      { seed: 4 },
    );
  });
});

describe('zoomed', () => {
  it('keeps the point under the pointer where it is', () => {
    const points = fc.record({ x: fc.integer({ min: -400, max: 400 }), y: fc.integer({ min: -400, max: 400 }) });
    return fc.assert(
      fc.property(placements, points, fc.constantFrom(1.25, 0.8, 2), (placement, about, factor) => {
        const next = zoomed(placement, factor, about);
        const ratio = next.zoom / placement.zoom;
        expect(about.x - next.panX).toBeCloseTo((about.x - placement.panX) * ratio, 6);
        expect(about.y - next.panY).toBeCloseTo((about.y - placement.panY) * ratio, 6);
      }),
      { seed: 4 },
    );
  });

  it('ends before the picture is lost or a pixel fills the pane', () => {
    expect(zoomed(fitted, 1e-9, { x: 0, y: 0 }).zoom).toBe(0.25);
    expect(zoomed(fitted, 1e9, { x: 0, y: 0 }).zoom).toBe(40);
  });
});

describe('pixelAt', () => {
  it('finds the pixel whose square is drawn at a point, for every way a picture can lie', () => {
    const pixels = fc.record({ x: fc.integer({ min: 0, max: 511 }), y: fc.integer({ min: 0, max: 255 }) });
    return fc.assert(
      fc.property(placements, pixels, (placement, pixel) => {
        const matrix = matrixOf(placement, image, pane, 1);
        expect(pixelAt(matrix, image, at(matrix, { x: pixel.x + 0.5, y: pixel.y + 0.5 }))).toEqual(pixel);
      }),
      { seed: 4 },
    );
  });

  it('finds nothing beside the picture', () => {
    expect(pixelAt(matrixOf(fitted, image, pane, 1), image, { x: 500, y: 100 })).toBeUndefined();
  });
});
