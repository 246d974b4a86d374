import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../../../src/pipeline/domain/contract.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import {
  type AugmentationRules,
  applyContract,
  type Changes,
  drawChanges,
  type GreyPlanes,
  greyPlanes,
  renderPicture,
  unchanged,
} from '../../../src/pipeline/images/index.ts';
import { goldenImage } from '../../../src/pipeline/phantom/index.ts';

const size = 48;
const windows: Contract['windows'] = [{ center: 40, width: 400 }];
const contract: Contract = {
  ...{ version: 1, classes: ['a', 'b'], domains: ['display', 'hounsfield'], windows },
  ...{ crop: 'body', padding: 'square', resize: 'area', size, channels: 3, mean: 127, std: 128 },
};
const three: Contract = {
  ...contract,
  windows: [
    { center: 40, width: 400 },
    { center: 60, width: 150 },
    { center: 300, width: 1500 },
  ],
};
const rules = paramsSchema.parse({}).augmentation;
const everything: AugmentationRules = { ...rules, cut_out: 0.3, flip: true };
const range = { mean: 0, std: 1 };

function rendered(planes: GreyPlanes, changes: Changes, values = range): Float32Array {
  const out = new Float32Array(planes.size ** 2 * 3);
  renderPicture(planes, changes, values, out, 0);
  return out;
}

/** A grey of 100 with a bright pixel. */
function dot(x: number, y: number): GreyPlanes {
  const values = new Uint16Array(size * size).fill(100 * 256);
  values[y * size + x] = 200 * 256;
  return { size, planes: 1, values, margin: 0 };
}

function brightest(planes: GreyPlanes, changes: Partial<Changes>): { x: number; y: number } {
  const grey = rendered(planes, { ...unchanged, ...changes }).filter((_, i) => i % 3 === 0);
  const at = grey.indexOf(Math.max(...grey));
  return { x: at % size, y: Math.floor(at / size) };
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

describe('a picture that is not changed', () => {
  it.each([
    ['display', contract],
    ['hounsfield', contract],
    ['hounsfield', three],
  ] as const)('is what the contract says, %s to a fraction of a grey level', (domain, given) => {
    const image = goldenImage(3, domain);
    const expected = applyContract(image, given);
    const own = rendered(greyPlanes(image, given, 0), unchanged, given);
    expect(largestDifference(own, expected)).toBeLessThan(1 / 256 / given.std);
  });

  it('keeps what lies outside the window for a jitter, and takes it away without one', () => {
    const image = goldenImage(3, 'hounsfield');
    const wide = greyPlanes(image, contract, 0.2);
    expect(wide.margin).toBeCloseTo(0.3);
    const own = rendered(wide, unchanged, contract);
    const expected = applyContract(image, contract);
    // Only pixels on an edge differ: the window cuts before the resize there, here after it.
    const differing = own.filter((value, i) => Math.abs(value - (expected[i] ?? 0)) > 3 / contract.std);
    expect(differing.length / own.length).toBeLessThan(0.1);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(own) - mean(expected))).toBeLessThan(2 / contract.std);
  });
});

describe('changes', () => {
  it('follow from seed, content and epoch alone', () => {
    const draw = (seed: number, hash: string, epoch: number) => drawChanges(everything, seed, hash, epoch);
    expect(draw(7, 'a', 1)).toEqual(draw(7, 'a', 1));
    for (const other of [draw(8, 'a', 1), draw(7, 'b', 1), draw(7, 'a', 2)]) expect(other).not.toEqual(draw(7, 'a', 1));
  });

  it('stay within their limits, and switch off one by one', () => {
    void fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.string(),
        fc.integer({ min: 1, max: 500 }),
        (seed, hash, epoch) => {
          const drawn = drawChanges(everything, seed, hash, epoch);
          expect(Math.abs(drawn.shiftX)).toBeLessThanOrEqual(everything.shift);
          expect(Math.abs(drawn.radians)).toBeLessThanOrEqual((everything.rotation * Math.PI) / 180);
          expect(Math.abs(drawn.zoom - 1)).toBeLessThanOrEqual(everything.scale);
          expect(Math.abs(drawn.windowCenter)).toBeLessThanOrEqual(everything.window);
          expect(drawn.noise).toBeLessThanOrEqual(everything.noise);
          expect(drawn.cut.left + drawn.cut.side).toBeLessThanOrEqual(1);
          expect(drawChanges(rules, seed, hash, epoch).mirrored).toBe(false);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
    const off = { shift: 0, rotation: 0, scale: 0, window: 0, noise: 0, cut_out: 0, flip: false };
    const { cut, noiseKey: _key, ...still } = drawChanges(off, 7, 'a', 1);
    expect(still).toMatchObject({
      shiftX: 0,
      shiftY: 0,
      radians: 0,
      zoom: 1,
      mirrored: false,
      windowWidth: 0,
      noise: 0,
    });
    expect(cut.side).toBe(0);
    const flipped = [1, 2, 3, 4, 5, 6, 7, 8].map((epoch) => drawChanges(everything, 7, 'a', epoch).mirrored);
    expect(new Set(flipped).size).toBe(2);
  });

  it('never leave the range of greys', () => {
    const planes = greyPlanes(goldenImage(5, 'hounsfield'), contract, everything.window);
    for (let epoch = 1; epoch <= 20; epoch++) {
      const grey = rendered(planes, drawChanges(everything, 7, 'a', epoch));
      expect(Math.min(...grey)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...grey)).toBeLessThanOrEqual(255);
    }
  });
});

describe('each change does what it says', () => {
  it('shift: to the right and downwards, black comes in', () => {
    expect(brightest(dot(10, 20), { shiftX: 6 / size, shiftY: -5 / size })).toEqual({ x: 16, y: 15 });
    expect(rendered(dot(10, 20), { ...unchanged, shiftX: 0.1 })[0]).toBe(0);
  });

  it('rotation and scale: about the centre', () => {
    expect(brightest(dot(40, 24), { radians: Math.PI / 2 })).toEqual({ x: 23, y: 40 });
    expect(brightest(dot(31, 24), { zoom: 2 }).x).toBeGreaterThan(37);
  });

  it('mirror: left becomes right', () => {
    expect(brightest(dot(10, 20), { mirrored: true })).toEqual({ x: size - 11, y: 20 });
  });

  it('window: a higher centre darkens, a wider window flattens; the black of a picture stays black', () => {
    const planes = dot(10, 20);
    const grey = (changes: Partial<Changes>) => rendered(planes, { ...unchanged, ...changes })[0] ?? 0;
    expect(grey({ windowCenter: 0.1 })).toBeLessThan(100);
    expect(grey({ windowCenter: -0.1 })).toBeGreaterThan(100);
    const black: GreyPlanes = { ...planes, values: new Uint16Array(size * size) };
    expect(rendered(black, { ...unchanged, windowCenter: -0.2, windowWidth: 0.2 })[0]).toBe(0);
  });

  it('window of Hounsfield values: as the shifted window itself would show them', () => {
    const image = goldenImage(3, 'hounsfield');
    const jittered = rendered(greyPlanes(image, contract, 0.2), { ...unchanged, windowCenter: 0.1, windowWidth: -0.2 });
    const direct = applyContract(image, { ...contract, windows: [{ center: 80, width: 320 }], mean: 0, std: 1 });
    const off = jittered.filter((value, i) => Math.abs(value - (direct[i] ?? 0)) > 3);
    expect(off.length / jittered.length).toBeLessThan(0.1);
  });

  it('noise: of its standard deviation, other in each epoch', () => {
    const planes = dot(0, 0);
    const noisy = (epoch: number) =>
      rendered(planes, { ...unchanged, noise: 5, noiseKey: [7, epoch] }).filter((_, i) => i % 3 === 0);
    const grey = noisy(1);
    const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
    const spread = Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length);
    expect(spread).toBeGreaterThan(4);
    expect(spread).toBeLessThan(6.5);
    expect(noisy(1)).toEqual(grey);
    expect(noisy(2)).not.toEqual(grey);
  });

  it('cut-out: a black square of its side', () => {
    const grey = rendered(dot(0, 0), { ...unchanged, cut: { left: 0.25, top: 0.5, side: 0.25 } });
    const black = grey.filter((value, i) => i % 3 === 0 && value === 0).length;
    expect(black).toBe((size / 4) ** 2);
    expect(grey[(24 * size + 12) * 3]).toBe(0);
    expect(grey[(24 * size + 11) * 3]).toBe(100);
  });
});
