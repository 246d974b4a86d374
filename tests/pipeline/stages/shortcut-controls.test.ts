import { describe, expect, it } from 'vitest';
import type { Contract } from '../../../src/pipeline/domain/contract.ts';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import type { DecodedImage } from '../../../src/pipeline/domain/image.ts';
import {
  axialPlaces,
  axialSlice,
  coronalPlaces,
  coronalSlice,
  findings,
  labels,
  type PhantomSlice,
  phantomPatient,
} from '../../../src/pipeline/phantom/index.ts';
import { blankKidneys } from '../../../src/pipeline/stages/shortcuts/blank-kidneys.ts';
import type { Seen } from '../../../src/pipeline/stages/shortcuts/control.ts';
import { border } from '../../../src/pipeline/stages/shortcuts/controls/border.ts';
import { brightness } from '../../../src/pipeline/stages/shortcuts/controls/brightness.ts';
import { file } from '../../../src/pipeline/stages/shortcuts/controls/file.ts';

const contract: Contract = {
  version: 1,
  classes: ['Cyst', 'Tumor'],
  domains: ['display', 'hounsfield'],
  windows: [{ center: 40, width: 400 }],
  crop: 'none',
  padding: 'none',
  resize: 'area',
  size: 64,
  channels: 3,
  mean: 127,
  std: 128,
};

const row: ManifestRow = {
  ...{ file: 'Cyst/a.JPG', image: 'Cyst/a.JPG', sha256: '', pixel_hash: '', class: 'Cyst', scan: 's', group: 'p' },
  ...{ domain: 'display', plane: 'axial', width: 64, height: 64 },
};

/** A picture whose grey a function gives. */
function picture(grey: (x: number, y: number) => number, size = 64): DecodedImage {
  const pixels = Uint8Array.from({ length: size * size }, (_, i) => grey(i % size, Math.floor(i / size)));
  return { width: size, height: size, pixels, domain: 'display', white: 255, plane: 'axial' };
}

const seen = (image: DecodedImage): Seen => ({
  ...{ row, image, bytes: 1000, contract },
  featuresOf: async () => new Float32Array(),
});
const numbersOf = async (control: typeof border, image: DecodedImage): Promise<number[]> =>
  [...(await control.look(seen(image))).numbers].map((value) => Number(value.toFixed(5)));

describe('controls', () => {
  it('file facts see extension, size and bit depth, and no pixel', async () => {
    const look = await file.look(seen(picture(() => 1)));
    expect(look.words).toEqual(['.jpg', '8 bit', 'display']);
    expect(look).toEqual(await file.look(seen(picture(() => 200))));
  });

  it('the border sees the frame and nothing inside', async () => {
    const inside = (x: number, y: number): boolean => Math.min(x, y) >= 6 && Math.max(x, y) < 58;
    const frame = await numbersOf(
      border,
      picture((x, y) => (inside(x, y) ? 0 : 10 + x)),
    );
    expect(frame).toHaveLength(2 * 4 * 24);
    expect(
      await numbersOf(
        border,
        picture((x, y) => (inside(x, y) ? 255 : 10 + x)),
      ),
    ).toEqual(frame);
    expect(
      await numbersOf(
        border,
        picture((x, y) => (inside(x, y) ? 0 : 11 + x)),
      ),
    ).not.toEqual(frame);
  });

  it('brightness sees how much of each grey, not where, and nothing of the kidneys', async () => {
    const size = 64;
    // Body from edge to edge: the band is rows 19 to 56.
    const stripes = (offset: number) => picture((x) => ((x + offset) % 2 === 0 ? 60 : 180), size);
    expect(await numbersOf(brightness, stripes(0))).toEqual(await numbersOf(brightness, stripes(1)));
    const withStone = picture((x, y) => (y > 30 && y < 40 && x > 10 && x < 20 ? 255 : x % 2 === 0 ? 60 : 180), size);
    expect(await numbersOf(brightness, withStone)).toEqual(await numbersOf(brightness, stripes(0)));
    const brighter = picture((x) => (x % 2 === 0 ? 70 : 190), size);
    expect(await numbersOf(brightness, brighter)).not.toEqual(await numbersOf(brightness, stripes(0)));
  });

  it('pictures of one row or one pixel have numbers too', async () => {
    for (const image of [picture(() => 100, 1), { ...picture(() => 100, 2), height: 1, width: 4 }]) {
      expect((await numbersOf(brightness, image)).every(Number.isFinite)).toBe(true);
      expect((await numbersOf(border, image)).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('blanked kidneys', () => {
  const kidney: ReadonlySet<number> = new Set([labels.kidney, labels.cyst, labels.tumour, labels.stone]);
  const imageOf = ({ hu, width, height }: PhantomSlice, plane: 'axial' | 'coronal'): DecodedImage => ({
    ...{ width, height, pixels: hu, domain: 'hounsfield', white: 255, plane },
  });
  /** Share of kidney pixels that are gone, over patients of every finding. */
  function blankedShare(slicesOf: (seed: number) => readonly PhantomSlice[], plane: 'axial' | 'coronal'): number {
    let all = 0;
    let gone = 0;
    for (let seed = 1; seed <= 6; seed++) {
      for (const slice of slicesOf(seed)) {
        const { pixels } = blankKidneys(imageOf(slice, plane));
        for (const [i, label] of slice.labels.entries()) {
          if (!kidney.has(label)) continue;
          all++;
          if (pixels[i] === -1000) gone++;
        }
      }
    }
    expect(all).toBeGreaterThan(1000);
    return gone / all;
  }

  it('leave almost nothing of a kidney in axial and coronal slices, and the rest as it was', () => {
    const patient = (seed: number) => phantomPatient(seed, findings[seed % findings.length] ?? 'Normal');
    const axial = (seed: number) => axialPlaces(patient(seed), 2).map((z) => axialSlice(patient(seed), z, 128));
    const coronal = (seed: number) => coronalPlaces(patient(seed), 2).map((y) => coronalSlice(patient(seed), y, 128));
    expect(blankedShare(axial, 'axial')).toBeGreaterThan(0.98);
    expect(blankedShare(coronal, 'coronal')).toBeGreaterThan(0.9);
    const [slice] = axial(1);
    if (slice === undefined) throw new Error('no slice');
    const { pixels } = blankKidneys(imageOf(slice, 'axial'));
    const kept = slice.hu.filter((value, i) => pixels[i] === value).length;
    expect(kept / slice.hu.length).toBeGreaterThan(0.3);
  });
});
