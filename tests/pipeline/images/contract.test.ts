import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Contract, contractSchema } from '../../../src/pipeline/domain/contract.ts';
import { hasCode } from '../../../src/pipeline/domain/errors.ts';
import type { DecodedImage } from '../../../src/pipeline/domain/image.ts';
import {
  applyContract,
  applyContractInto,
  bodyBox,
  detectPlane,
  greyPicture,
  pixelHash,
  thumbnail,
} from '../../../src/pipeline/images/index.ts';

const contract = (changes: Partial<Contract> = {}): Contract =>
  contractSchema.parse({
    version: 1,
    classes: ['Normal', 'Stone'],
    domains: ['display'],
    windows: [{ center: 40, width: 400 }],
    crop: 'none',
    padding: 'none',
    resize: 'area',
    size: 16,
    channels: 3,
    mean: 0,
    std: 1,
    ...changes,
  });

const display = (width: number, height: number, grey: (x: number, y: number) => number): DecodedImage => ({
  width,
  height,
  pixels: Uint8Array.from({ length: width * height }, (_, i) => grey(i % width, Math.floor(i / width))),
  domain: 'display',
  white: 255,
  plane: 'unknown',
});

const hounsfield = (width: number, height: number, hu: (x: number, y: number) => number): DecodedImage => ({
  ...display(width, height, () => 0),
  pixels: Int16Array.from({ length: width * height }, (_, i) => hu(i % width, Math.floor(i / width))),
  domain: 'hounsfield',
  white: 0,
});

const channel = (values: Float32Array, index = 0): number[] => Array.from(values).filter((_, i) => i % 3 === index);

describe('resize', () => {
  it('area: averages whole blocks when the size divides', () => {
    const image = display(32, 48, (x, y) => x * 4 + y);
    const out = channel(applyContract(image, contract()));
    // Block of 2 x 3 at column 5, row 7: x 10, 11 and y 21, 22, 23.
    expect(out[7 * 16 + 5]).toBeCloseTo(10.5 * 4 + 22, 4);
  });

  it('area: weighs pixels by the exact fraction that is covered', () => {
    const image = display(24, 16, (x) => (x === 1 ? 100 : 0));
    const out = channel(applyContract(image, contract()));
    // Output columns cover 1.5 pixels: the first holds half of pixel 1, the second the other half.
    expect(out[0]).toBeCloseTo((100 * 0.5) / 1.5, 4);
    expect(out[1]).toBeCloseTo((100 * 0.5) / 1.5, 4);
    expect(out[2]).toBe(0);
  });

  it('area: keeps the mean of any picture', async () => {
    await fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 90 }),
        fc.integer({ min: 16, max: 90 }),
        fc.integer(),
        (width, height, seed) => {
          const image = display(width, height, (x, y) => Math.abs((x * 31 + y * 17 + seed) % 256));
          const mean = (values: ArrayLike<number>): number =>
            Array.from(values).reduce((a, b) => a + b, 0) / values.length;
          expect(mean(channel(applyContract(image, contract())))).toBeCloseTo(mean(image.pixels), 2);
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  it('bilinear: equals Pillow within one grey level, shrinking and enlarging', () => {
    const schema = z.object({
      cases: z.array(z.object({ width: z.number(), height: z.number(), size: z.number(), grey: z.array(z.number()) })),
    });
    const { cases } = schema.parse(JSON.parse(readFileSync(new URL('pillow-bilinear.json', import.meta.url), 'utf8')));
    expect(cases.length).toBe(4);
    for (const { width, height, size, grey } of cases) {
      const image = display(width, height, (x, y) => (x * 7 + y * 13 + ((x * y) % 17) * 5) % 256);
      const rules = { ...contract({ resize: 'bilinear', size: 16 }), size };
      const worst = Math.max(
        ...channel(applyContract(image, rules)).map((value, i) => Math.abs(value - (grey[i] ?? 0))),
      );
      expect(worst).toBeLessThanOrEqual(1);
    }
  });

  it('nearest: takes pixel centres', () => {
    const out = channel(
      applyContract(
        display(32, 16, (x, y) => x + y),
        contract({ resize: 'nearest' }),
      ),
    );
    expect(out.slice(0, 3)).toEqual([1, 3, 5]);
  });
});

describe('windows, channels and range', () => {
  it('display: one grey feeds all three channels; 16 bit white is 255', () => {
    const image = { ...display(16, 16, () => 0), pixels: new Uint16Array(256).fill(65535), white: 65535 };
    const out = applyContract(image, contract({ mean: 127, std: 128 }));
    expect(new Set(out)).toEqual(new Set([1]));
  });

  it('hounsfield: black and white at the ends of the window, mid grey at its centre', () => {
    const image = hounsfield(16, 16, (x) => [-161, -160, 40, 240, 900][x] ?? 0);
    const out = channel(applyContract(image, contract({ domains: ['hounsfield'] })));
    expect(out.slice(0, 5)).toEqual([0, 0, 127.5, 255, 255]);
  });

  it('three windows fill one channel each', () => {
    const windows: Contract['windows'] = [
      { center: 0, width: 200 },
      { center: 100, width: 200 },
      { center: 50, width: 100 },
    ];
    const out = applyContract(
      hounsfield(16, 16, () => 50),
      contract({ domains: ['hounsfield'], windows }),
    );
    expect(Array.from(out.slice(0, 3))).toEqual([191.25, 63.75, 127.5]);
  });

  it('HU under a display contract go through the first window; display under an HU contract is refused', () => {
    const out = applyContract(
      hounsfield(16, 16, () => 40),
      contract(),
    );
    expect(new Set(out)).toEqual(new Set([127.5]));
    const refused = (): unknown =>
      applyContract(
        display(16, 16, () => 9),
        contract({ domains: ['hounsfield'] }),
      );
    expect(refused).toThrowError(expect.toSatisfy((error) => hasCode(error, 'image/domain-mismatch')));
  });

  it('gives the same bytes each time, whatever was done before', () => {
    const image = display(61, 47, (x, y) => (x * y) % 251);
    const rules = contract({ crop: 'body', padding: 'square', mean: 127, std: 128 });
    const first = applyContract(image, rules);
    applyContract(
      display(300, 20, (x) => x % 256),
      contract({ resize: 'bilinear' }),
    );
    expect(applyContract(image, rules)).toEqual(first);
  });

  it('writes into a batch at its place and nowhere else', () => {
    const image = display(20, 20, (x, y) => x * y);
    const batch = new Float32Array(3 * 16 * 16 * 3).fill(-7);
    applyContractInto(image, contract(), batch, 16 * 16 * 3);
    expect(batch.slice(768, 1536)).toEqual(applyContract(image, contract()));
    expect(new Set(batch.slice(0, 768))).toEqual(new Set([-7]));
    expect(new Set(batch.slice(1536))).toEqual(new Set([-7]));
  });
});

describe('padding and crop', () => {
  it('a marker at the edge of a wide picture survives the padding', () => {
    const image = display(64, 32, (x) => (x >= 60 ? 255 : 0));
    const out = channel(applyContract(image, contract({ padding: 'square' })));
    // 64 x 32 on 64 x 64: the picture takes rows 4 to 11 of 16.
    const columns = Array.from({ length: 16 }, (_, row) => out[row * 16 + 15] ?? 0);
    expect(columns).toEqual([0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]);
  });

  it('padding equals resizing a picture padded by hand, for every rule', () => {
    const image = display(21, 34, (x, y) => (x * 11 + y * 5) % 256);
    const byHand = display(34, 34, (x, y) => (x >= 6 && x < 27 ? ((x - 6) * 11 + y * 5) % 256 : 0));
    for (const resize of ['area', 'bilinear', 'nearest'] as const) {
      const padded = applyContract(image, contract({ padding: 'square', resize }));
      const expected = applyContract(byHand, contract({ resize }));
      padded.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] ?? -1, 3);
      });
    }
  });

  it('finds the body of a synthetic slice and ignores the table and specks', () => {
    const inside = (x: number, y: number): boolean => ((x - 130) / 90) ** 2 + ((y - 120) / 60) ** 2 < 1;
    const speck = (x: number, y: number): boolean => (x === 3 && y === 3) || (y === 250 && x < 12);
    const box = bodyBox(display(256, 256, (x, y) => (inside(x, y) ? 120 : speck(x, y) ? 255 : 3)));
    expect(Math.abs(box.left - 40)).toBeLessThanOrEqual(8);
    expect(Math.abs(box.left + box.width - 220)).toBeLessThanOrEqual(8);
    expect(Math.abs(box.top - 60)).toBeLessThanOrEqual(8);
    expect(Math.abs(box.top + box.height - 180)).toBeLessThanOrEqual(8);
    const same = bodyBox(hounsfield(256, 256, (x, y) => (inside(x, y) ? 30 : -1000)));
    expect(same).toEqual(box);
  });

  it('an empty picture is taken whole', () => {
    expect(bodyBox(display(100, 50, () => 5))).toEqual({ left: 0, top: 0, width: 100, height: 50 });
    expect(bodyBox(hounsfield(100, 50, () => -1000))).toEqual({ left: 0, top: 0, width: 100, height: 50 });
  });

  it('the crop decides the pixels: a body away from the centre fills the input', () => {
    const image = display(128, 128, (x, y) => (x >= 64 && x < 96 && y >= 32 && y < 96 ? 200 : 0));
    const out = channel(applyContract(image, contract({ crop: 'body' })));
    expect(Math.min(...out.slice(16 * 4, 16 * 12))).toBeGreaterThan(90);
  });
});

describe('thumbnail, plane and hash', () => {
  it('thumbnail averages the whole picture, HU through 40/400', () => {
    expect(
      Array.from(
        thumbnail(
          display(4, 4, (x) => (x < 2 ? 0 : 200)),
          2,
        ),
      ),
    ).toEqual([0, 200, 0, 200]);
    expect(
      Array.from(
        thumbnail(
          hounsfield(2, 2, () => 40),
          1,
        ),
      ),
    ).toEqual([127.5]);
    expect(
      greyPicture(
        hounsfield(2, 1, (x) => x * 200),
        { windows: [{ center: 100, width: 200 }] },
      ),
    ).toEqual(Float32Array.of(0, 255));
  });

  it('body at the upper edge is coronal, air around is axial, black is unknown', () => {
    expect(detectPlane(display(96, 96, (x) => (x > 20 && x < 70 ? 150 : 0)))).toBe('coronal');
    expect(detectPlane(display(96, 96, (x, y) => ((x - 48) ** 2 + (y - 48) ** 2 < 1200 ? 150 : 0)))).toBe('axial');
    expect(detectPlane(display(96, 96, () => 4))).toBe('unknown');
  });

  it('hashes HU by value, not by array type', () => {
    const image = hounsfield(8, 8, (x, y) => x * 100 - y);
    const asFloat = { ...image, pixels: Float32Array.from(image.pixels) };
    expect(pixelHash(asFloat)).toBe(pixelHash(image));
    const fraction = { ...asFloat, pixels: Float32Array.from(image.pixels, (hu) => hu + 0.25) };
    expect(pixelHash(fraction)).not.toBe(pixelHash(image));
    expect(pixelHash({ ...image, domain: 'display' })).not.toBe(pixelHash(image));
  });
});
