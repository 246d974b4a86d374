import { afterEach, describe, expect, it, vi } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { openImage } from '../../../src/pipeline/images/index.ts';
import { concat, encapsulated, makeDicom, type Value } from './make-dicom.ts';
import { makeJpeg12 } from './make-jpeg12.ts';

const syntax = '1.2.840.10008.1.2.4.51';

/** 8 x 8 CT, 12 bits stored, rescale 1 / -1000. */
function file(fragments: readonly Uint8Array[], changes: Readonly<Record<string, Value>> = {}): Uint8Array {
  const size = { '00280010 US': 8, '00280011 US': 8, '00280101 US': 12, '00280102 US': 11, '00280103 US': 0 };
  const pixels = { '7FE00010 OW': undefined, '7FE00010 OB*': encapsulated(fragments) };
  return makeDicom({ ...size, ...pixels, ...changes }, { syntax });
}

/** The one value of each frame, or the code of the refusal. */
async function frames(bytes: Uint8Array): Promise<readonly number[] | string> {
  try {
    const opened = await openImage(bytes);
    const values: number[] = [];
    for (let frame = 0; frame < opened.frames; frame++) {
      const { pixels } = await opened.decode(frame);
      expect(pixels.length).toBe(64);
      expect(new Set(pixels).size).toBe(1);
      values.push(pixels[0] ?? Number.NaN);
    }
    return values;
  } catch (error) {
    if (error instanceof HilumError) return error.code;
    throw error;
  }
}

const withoutDelimiter = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length - 8);
const one = makeJpeg12(200);
const two = makeJpeg12(900);

describe('12-bit JPEG', () => {
  it('gives stored values, unsigned and signed', async () => {
    expect(await frames(file([one]))).toEqual([200 - 1000]);
    expect(await frames(file([makeJpeg12(1024)]))).toEqual([24]);
    expect(await frames(file([one], { '00280103 US': 1, '00280004 CS': 'MONOCHROME1' }))).toEqual([-800]);
  });

  it('takes only the stored bits of a frame and extends their sign', async () => {
    const nine = { '00280101 US': 9, '00280102 US': 8, '00280103 US': 1 };
    expect(await frames(file([makeJpeg12(500)], nine))).toEqual([500 - 512 - 1000]);
  });

  it('reads several frames in fragments side by side', async () => {
    const pieces = [
      one.subarray(0, 100),
      one.subarray(100, 150),
      one.subarray(150),
      two.subarray(0, 90),
      two.subarray(90),
    ];
    const bytes = file(pieces, { '00280008 IS': '2' });
    expect(await Promise.all([frames(bytes), frames(bytes), frames(file([two]))])).toEqual([
      [-800, -100],
      [-800, -100],
      [-100],
    ]);
  });

  it('refuses a scan without its data, another process and a size of its own', async () => {
    const empty = new Uint8Array([...one.subarray(0, one.length - 4), 0xff, 0xd9]);
    expect(await frames(file([empty]))).toBe('image/corrupt');
    const arithmetic = one.slice();
    arithmetic[arithmetic.indexOf(0xc1)] = 0xc9;
    expect(await frames(file([arithmetic]))).toBe('image/corrupt');
    expect(await frames(file([one], { '00280010 US': 16 }))).toBe('image/corrupt');
    expect(await frames(file([one.subarray(0, one.length - 3)]))).toBe('image/truncated');
  });
});

it('[B1] refuses a frame of 101 scans before any is decoded', async () => {
  const scan = one.subarray(one.length - 14, one.length - 2);
  expect(scan.subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xda));
  const error = await openImage(file([concat([one.subarray(0, -2), ...Array(100).fill(scan), one.subarray(-2)])]))
    .then(async (opened) => await opened.decode(0))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'image/corrupt', facts: { what: 'too many scans' } });
});

describe('the decoder of 12-bit JPEG', () => {
  afterEach(() => vi.restoreAllMocks());

  it('prints nothing and leaves the exit code alone, for good frames and bad ones', async () => {
    const spies = [
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'error'),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    const before = process.exitCode;
    await frames(file([one]));
    await frames(file([new Uint8Array([...one.subarray(0, 90), ...one.subarray(140)])]));
    await frames(file([new Uint8Array([...one.subarray(0, one.length - 4), 0xff, 0xd9])]));
    const calls = spies.map((spy) => spy.mock.calls.length);
    vi.restoreAllMocks();
    expect(calls).toEqual([0, 0, 0, 0]);
    expect(process.exitCode).toBe(before);
  });
});

describe('encapsulated frames without a sequence delimiter', () => {
  it('are read where the file ends with the last fragment of a single frame', async () => {
    expect(await frames(withoutDelimiter(file([one])))).toEqual([-800]);
    expect(await frames(withoutDelimiter(file([one.subarray(0, 100), one.subarray(100)])))).toEqual([-800]);
  });

  it.each<[string, Uint8Array]>([
    ['no fragment at all', withoutDelimiter(file([]))],
    ['a fragment cut', withoutDelimiter(file([one])).subarray(0, -2)],
    [
      'an item header cut',
      file([one, two], { '00280008 IS': '2' }).subarray(0, -8 - two.length - (two.length % 2) - 4),
    ],
    ['a frame missing', withoutDelimiter(file([one], { '00280008 IS': '2' }))],
    ['the second half of a frame missing', withoutDelimiter(file([one.subarray(0, 100)]))],
    ['several frames, whole', withoutDelimiter(file([one, two], { '00280008 IS': '2' }))],
  ])('are refused as truncated: %s', async (_, bytes) => {
    expect(await frames(bytes)).toBe('image/truncated');
  });
});

describe('a header that ends before its image', () => {
  const cut = {
    '00280002 US': undefined,
    '00280004 CS': undefined,
    '00280010 US': undefined,
    '00280011 US': undefined,
    '7FE00010 OW': undefined,
  };

  it('is truncated where the class is an image, without pixels where it is not', async () => {
    expect(await frames(makeDicom(cut))).toBe('image/truncated');
    const structureSet = { '00080016 UI': '1.2.840.10008.5.1.4.1.1.481.3' };
    expect(await frames(makeDicom({ ...cut, ...structureSet }))).toBe('image/no-pixels');
    expect(await frames(makeDicom({ ...cut, '00080016 UI': undefined }))).toBe('image/no-pixels');
  });
});
