import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { openImage } from '../../../src/pipeline/images/index.ts';
import { makeNifti, type NiftiOptions } from './make-nifti.ts';

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await (await openImage(bytes)).decode(0);
    return 'readable';
  } catch (error) {
    if (error instanceof HilumError) return error.code;
    throw error;
  }
}

const bytesOf = (voxels: ArrayBufferView): Uint8Array =>
  new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength);

/** 5 x 4 x 3 patient grid in right-left, front-back, foot-head order, as display rows and columns want it. */
const wide = 5;
const tall = 4;
const deep = 3;
/** HU at column (0 = patient's right), row (0 = front), slice (0 = feet); the marker sits at right, front, feet. */
const huAt = (column: number, row: number, slice: number): number => -1000 + column + 10 * row + 100 * slice;

const permutations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** The same patient stored with voxel axis k along world axis order[k], increasing (+1) or decreasing (-1). */
function stored(order: readonly number[], signs: readonly number[]): NiftiOptions {
  const world = [wide, tall, deep];
  const size = order.map((axis) => world[axis] ?? 0);
  const [nx = 0, ny = 0, nz = 0] = size;
  const voxels = new Int16Array(nx * ny * nz);
  for (let at = 0; at < voxels.length; at++) {
    const index = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
    // RAS coordinate along each world axis, counted from its low end.
    const ras = [0, 0, 0];
    order.forEach((axis, k) => {
      const i = index[k] ?? 0;
      ras[axis] = (signs[k] ?? 1) > 0 ? i : (size[k] ?? 0) - 1 - i;
    });
    const [r = 0, a = 0, s = 0] = ras;
    voxels[at] = huAt(wide - 1 - r, tall - 1 - a, s);
  }
  const sform = [0, 1, 2].map((row) => [...order.map((axis, k) => (axis === row ? 2 * (signs[k] ?? 1) : 0)), 0]);
  return { size, voxels: bytesOf(voxels), sform };
}

const expected = (slice: number): number[] =>
  Array.from({ length: wide * tall }, (_, i) => huAt(i % wide, Math.floor(i / wide), slice));

describe('axial slices of a NIfTI volume', () => {
  it('come out alike from all 48 axis orders and directions', async () => {
    let seen = 0;
    for (const order of permutations) {
      for (let bits = 0; bits < 8; bits++) {
        const signs = [0, 1, 2].map((k) => ((bits >> k) & 1 ? -1 : 1));
        const opened = await openImage(makeNifti(stored(order, signs)), { name: 'v.nii' });
        expect(opened.frames).toBe(deep);
        for (let slice = 0; slice < deep; slice++) {
          const image = await opened.decode(slice);
          expect(image).toMatchObject({ width: wide, height: tall, domain: 'hounsfield', plane: 'axial' });
          expect(Array.from(image.pixels), `order ${order}, signs ${signs}`).toEqual(expected(slice));
        }
        seen++;
      }
    }
    expect(seen).toBe(48);
  });

  it('an oblique volume takes the nearest order', async () => {
    const plain = stored([0, 1, 2], [1, 1, 1]);
    const sform = [
      [1.9, 0.3, 0, 5],
      [-0.3, 1.9, 0.4, 6],
      [0, -0.4, 1.9, 7],
    ];
    const image = await (await openImage(makeNifti({ ...plain, sform }))).decode(1);
    expect(Array.from(image.pixels)).toEqual(expected(1));
  });

  it('without sform uses the qform: a half turn about z flips columns and rows', async () => {
    const { size, voxels } = stored([0, 1, 2], [-1, -1, 1]);
    const image = await (await openImage(makeNifti({ size, voxels, qform: [0, 0, 1, 1] }))).decode(2);
    expect(Array.from(image.pixels)).toEqual(expected(2));
  });

  it('a negative qfac turns the slice direction', async () => {
    const { size, voxels } = stored([0, 1, 2], [1, 1, -1]);
    const image = await (await openImage(makeNifti({ size, voxels, qform: [0, 0, 0, -1] }))).decode(0);
    expect(Array.from(image.pixels)).toEqual(expected(0));
  });

  it('.nii.gz and big endian give the same numbers', async () => {
    const plain = stored([0, 1, 2], [1, 1, 1]);
    const zipped = await openImage(gzipSync(makeNifti(plain)), { name: 'v.nii.gz' });
    expect(Array.from((await zipped.decode(0)).pixels)).toEqual(expected(0));
    const swapped = Buffer.from(plain.voxels).swap16();
    const big = await openImage(makeNifti({ ...plain, voxels: new Uint8Array(swapped), bigEndian: true }));
    expect(Array.from((await big.decode(0)).pixels)).toEqual(expected(0));
  });
});

describe('values of a NIfTI volume', () => {
  const unsigned = bytesOf(Uint16Array.of(0, 100, 1000, 2000));

  it('applies slope and intercept', async () => {
    const bytes = makeNifti({
      size: [2, 2, 1],
      voxels: unsigned,
      datatype: 512,
      slope: 1,
      intercept: -1024,
      sform: [
        [-1, 0, 0, 0],
        [0, -1, 0, 0],
        [0, 0, 1, 0],
      ],
    });
    const image = await (await openImage(bytes)).decode(0);
    expect(Array.from(image.pixels)).toEqual([-1024, -924, -24, 976]);
    expect(image.pixels).toBeInstanceOf(Int16Array);
  });

  it('without air it is a display volume from smallest to largest value', async () => {
    const bytes = makeNifti({
      size: [2, 2, 1],
      voxels: unsigned,
      datatype: 512,
      slope: Number.NaN,
      sform: [
        [-1, 0, 0, 0],
        [0, -1, 0, 0],
        [0, 0, 1, 0],
      ],
    });
    const image = await (await openImage(bytes)).decode(0);
    expect(image).toMatchObject({ domain: 'display', white: 255 });
    expect(Array.from(image.pixels)).toEqual([0, 13, 128, 255]);
  });

  it('numbers that are not finite become the darkest value', async () => {
    const voxels = bytesOf(Float32Array.of(Number.NaN, -1000, Number.POSITIVE_INFINITY, 500.5));
    const image = await (await openImage(makeNifti({ size: [4, 1, 1], voxels, datatype: 16 }))).decode(0);
    expect(Array.from(image.pixels)).toEqual([500.5, -1000, -1000, -1000]);
  });
});

describe('what is refused', () => {
  const plain = stored([0, 1, 2], [1, 1, 1]);

  it.each<[string, NiftiOptions, string]>([
    ['[B6] 32,767 x 32,767 x 32,767 voxels in 377 bytes', { ...plain, size: [32767, 32767, 32767] }, 'image/too-large'],
    ['[B6] a negative size', { ...plain, size: [-5, 4, 3] }, 'image/bad-header'],
    ['[B6] more voxels than bytes', { ...plain, size: [5, 4, 4] }, 'image/truncated'],
    ['[B6] a voxel offset that is no number', { ...plain, voxelOffset: Number.NaN }, 'image/bad-header'],
    ['[B6] a voxel offset past the file', { ...plain, voxelOffset: 1e6 }, 'image/truncated'],
    ['[B6] an infinite slope', { ...plain, slope: Number.POSITIVE_INFINITY }, 'image/bad-header'],
    ['a time series', { ...plain, size: [5, 4, 1, 3] }, 'image/unsupported-pixels'],
    ['complex numbers', { ...plain, datatype: 32 }, 'image/unsupported-pixels'],
    [
      'an affine of zeros',
      {
        ...plain,
        sform: [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
      },
      'image/not-axial',
    ],
    [
      'an affine that is no number',
      {
        ...plain,
        sform: [
          [Number.NaN, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      },
      'image/not-axial',
    ],
  ])('%s', async (_, options, code) => {
    expect(await codeOf(makeNifti(options))).toBe(code);
  });

  it('[B6] a gzip bomb: the ratio is refused before memory is asked for', async () => {
    const voxels = new Uint8Array(0);
    const head = makeNifti({ ...plain, voxels, size: [512, 512, 800] });
    const bomb = gzipSync(Buffer.concat([head, Buffer.alloc(64 * 2 ** 20)]));
    const before = process.memoryUsage().rss;
    expect(await codeOf(bomb)).toBe('image/too-large-inflated');
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  });

  it('[B6] cut and damaged .nii.gz', async () => {
    const noise = Int16Array.from({ length: 60 * 40 * 3 }, (_, i) => ((i * 7919) % 2000) - 1000);
    const bytes = gzipSync(makeNifti({ size: [60, 40, 3], voxels: bytesOf(noise) }));
    expect(await codeOf(bytes)).toBe('readable');
    expect(await codeOf(bytes.subarray(0, bytes.length - 30))).toMatch(/^image\/(truncated|corrupt)$/);
    expect(await codeOf(bytes.subarray(0, bytes.length - 2))).toMatch(/^image\/(truncated|corrupt)$/);
    const damaged = Uint8Array.from(bytes);
    const at = bytes.length - 200;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(await codeOf(damaged)).toBe('image/corrupt');
  });
});

const volumes = new URL('../../../../shared/data/volumes/', import.meta.url);
if (!existsSync(volumes)) console.warn('SKIPPED: ../shared/data/volumes is absent, no real volume was read');

describe.skipIf(!existsSync(volumes))('a real volume with kidney masks', () => {
  it('shows the right kidney at image left and below the middle, the left one at image right', async () => {
    const centre = async (file: string): Promise<{ x: number; y: number }> => {
      const image = await (await openImage(readFileSync(new URL(file, volumes)), { name: file })).decode(10);
      let [x, y, count] = [0, 0, 0];
      image.pixels.forEach((value, i) => {
        if (value === 0) return;
        x += (i % image.width) / image.width;
        y += Math.floor(i / image.width) / image.height;
        count++;
      });
      return { x: x / count, y: y / count };
    };
    const right = await centre('example_ct_sm_kidney_right.nii.gz');
    const left = await centre('example_ct_sm_kidney_left.nii.gz');
    expect(right.x).toBeLessThan(0.4);
    expect(left.x).toBeGreaterThan(0.6);
    expect(right.y).toBeGreaterThan(0.5);
    expect(left.y).toBeGreaterThan(0.5);
    const ct = await openImage(readFileSync(new URL('example_ct_sm.nii.gz', volumes)));
    expect(ct.frames).toBe(30);
    expect(await ct.decode(10)).toMatchObject({ width: 122, height: 101, domain: 'hounsfield' });
  });
});
