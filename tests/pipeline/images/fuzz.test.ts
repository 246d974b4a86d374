import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { openImage } from '../../../src/pipeline/images/index.ts';
import { encapsulated, makeDicom } from './make-dicom.ts';
import { makeNifti } from './make-nifti.ts';

/** A damage: bytes replaced at places given as fractions of the length, then the end cut off. */
interface Damage {
  readonly flips: readonly { readonly at: number; readonly value: number }[];
  readonly keep: number;
}

const damages: fc.Arbitrary<Damage> = fc.record({
  flips: fc.array(
    fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), value: fc.nat(255) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
  keep: fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.double({ min: 0.01, max: 1, noNaN: true }) },
  ),
});

function damaged(bytes: Uint8Array, { flips, keep }: Damage): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const { at, value } of flips) copy[Math.floor(at * copy.length)] = value;
  return copy.subarray(0, Math.max(Math.floor(copy.length * keep), 1));
}

/** Every outcome is pixels of the promised size or a HilumError with an `image/` code. */
async function survives(bytes: Uint8Array): Promise<void> {
  try {
    const opened = await openImage(bytes);
    for (let frame = 0; frame < Math.min(opened.frames, 3); frame++) {
      const image = await opened.decode(frame);
      if (image.pixels.length !== image.width * image.height) throw new Error('pixels do not fit the size');
      if (!image.pixels.every(Number.isFinite)) throw new Error('pixels are not finite');
    }
  } catch (error) {
    if (error instanceof HilumError && error.code.startsWith('image/')) return;
    throw error;
  }
}

async function fuzz(bytes: Uint8Array, seed: number, numRuns = 300): Promise<void> {
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => {
      await survives(damaged(bytes, damage));
    }),
    { seed, numRuns },
  );
}

const width = 48;
const height = 32;
const grey = Uint8Array.from({ length: width * height }, (_, i) => (i * 37 + (i >> 4)) % 256);
const picture = sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('b-w');

describe('damaged files never do more than fail', () => {
  it('[B1][B3] DICOM, native', async () => {
    await fuzz(makeDicom({ '00281050 DS': '40', '00281051 DS': '400', '00280120 SS': 0 }), 11);
  });

  it('[B1][B3] DICOM, header with sequences', async () => {
    const lut = { '00283002 US': [3, 0, 16], '00283006 US': [10, 20, 30] };
    await fuzz(
      makeDicom({ '00283000 SQ': [lut], '00283010 SQ': [lut], '00081140 SQ': [{ '00081150 UI': '1.2' }] }),
      12,
    );
  });

  it('[B1] DICOM, JPEG frames', async () => {
    const jpeg = new Uint8Array(await picture.clone().jpeg().toBuffer());
    const eight = {
      '00280010 US': height,
      '00280011 US': width,
      '00280100 US': 8,
      '00280101 US': 8,
      '00280102 US': 7,
      '00280103 US': 0,
    };
    const changes = {
      ...eight,
      '00280008 IS': '2',
      '7FE00010 OW': undefined,
      '7FE00010 OB*': encapsulated([jpeg, jpeg]),
    };
    await fuzz(makeDicom(changes, { syntax: '1.2.840.10008.1.2.4.50' }), 13);
  });

  it('[B6] NIfTI, plain and zipped', async () => {
    const voxels = new Uint8Array(Int16Array.from({ length: 8 * 6 * 4 }, (_, i) => i * 5 - 1000).buffer);
    const bytes = makeNifti({ size: [8, 6, 4], voxels });
    await fuzz(bytes, 14);
    await fuzz(gzipSync(bytes), 15, 100);
  });

  it('[B7] PNG, JPEG and TIFF', async () => {
    await fuzz(new Uint8Array(await picture.clone().png().toBuffer()), 16);
    await fuzz(new Uint8Array(await picture.clone().jpeg().toBuffer()), 17, 150);
    await fuzz(new Uint8Array(await picture.clone().tiff().toBuffer()), 18, 150);
  });
});

const shared = new URL('../../../../shared/data/dicom/', import.meta.url);
if (!existsSync(shared)) console.warn('SKIPPED: ../shared/data/dicom is absent, compressed DICOM was not damaged');

describe.skipIf(!existsSync(shared))('damaged compressed DICOM never does more than fail', () => {
  it.each([
    ['gray/MR_small_RLE.dcm', 100],
    ['gray/MR_small_jp2klossless.dcm', 100],
    ['gray/MR_small_jpeg_ls_lossless.dcm', 100],
    ['gray/JPGExtended.dcm', 60],
    ['colour/SC_rgb_jpeg_gdcm.dcm', 100],
    ['multiframe/emri_small_jpeg_ls_lossless.dcm', 40],
    ['gray/image_dfl.dcm', 40],
  ])('[B1] %s', async (file, runs) => {
    await fuzz(new Uint8Array(readFileSync(new URL(file, shared))), 19, runs);
  });
});
