import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import type { DecodedImage } from '../../../src/pipeline/domain/image.ts';
import { openImage, pixelHash } from '../../../src/pipeline/images/index.ts';
import {
  concat,
  deflated,
  type Elements,
  encapsulated,
  explicitLittle,
  makeDicom,
  type Value,
  words,
} from './make-dicom.ts';

type Changes = Readonly<Record<string, Value | undefined>>;

async function decode(changes: Changes = {}, syntax = explicitLittle, frame = 0): Promise<DecodedImage> {
  return await (await openImage(makeDicom(changes, { syntax }), { name: 'a.dcm' })).decode(frame);
}

async function refusal(bytes: Uint8Array): Promise<HilumError> {
  try {
    await (await openImage(bytes)).decode(0);
  } catch (error) {
    if (error instanceof HilumError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

const values = (image: DecodedImage): number[] => Array.from(image.pixels);
const notCt: Changes = { '00080060 CS': 'MR', '00281052 DS': undefined, '00281053 DS': undefined };

describe('HU of CT', () => {
  it('applies slope and intercept; whole numbers stay int16', async () => {
    const image = await decode();
    expect(image).toMatchObject({ width: 4, height: 3, domain: 'hounsfield', plane: 'axial' });
    expect(image.pixels).toEqual(Int16Array.from({ length: 12 }, (_, i) => i * 100 - 1000));
  });

  it('keeps fractions of a fractional slope', async () => {
    const image = await decode({ '00281053 DS': '0.5' });
    expect(values(image).slice(0, 3)).toEqual([-1000, -950, -900]);
    expect(image.pixels).toBeInstanceOf(Float32Array);
  });

  it('extends the sign of 12 stored bits and drops what lies above them', async () => {
    const stored = {
      '00280101 US': 12,
      '00280102 US': 11,
      '7FE00010 OW': words([0x0fff, 0x0800, 0x07ff, 0x1001, ...Array(8).fill(0)]),
    };
    expect(values(await decode(stored)).slice(0, 4)).toEqual([-1001, -3048, 1047, -999]);
    const unsigned = { ...stored, '00280103 US': 0 };
    expect(values(await decode(unsigned)).slice(0, 4)).toEqual([3095, 1048, 1047, -999]);
    const shifted = { ...unsigned, '00280102 US': 15, '7FE00010 OW': words([0x7ff0, ...Array(11).fill(0)]) };
    expect(values(await decode(shifted))[0]).toBe(0x7ff - 1000);
  });

  it('MONOCHROME1 never turns HU over', async () => {
    expect(values(await decode({ '00280004 CS': 'MONOCHROME1' }))).toEqual(values(await decode()));
  });

  it('turns padding that looks like tissue into air and leaves dark padding alone', async () => {
    expect(values(await decode({ '00280120 SS': 1100 }))[11]).toBe(-1024);
    expect(values(await decode({ '00280120 SS': 0 }))[0]).toBe(-1000);
    const range = values(await decode({ '00280120 SS': 1000, '00280121 SS': 1100 }));
    expect(range.slice(9)).toEqual([-100, -1024, -1024]);
  });

  it('takes the rescale of each frame from its functional group', async () => {
    const group = (intercept: string): Elements => ({
      '00289145 SQ': [{ '00281052 DS': intercept, '00281053 DS': '1', '00281054 LO': 'HU' }],
    });
    const changes: Changes = {
      '00280008 IS': '2',
      '00281052 DS': undefined,
      '00281053 DS': undefined,
      '52009230 SQ': [group('-500'), group('-700')],
      '7FE00010 OW': words(Array.from({ length: 24 }, (_, i) => i)),
    };
    expect(values(await decode(changes, explicitLittle, 0))[0]).toBe(-500);
    expect(values(await decode(changes, explicitLittle, 1))[0]).toBe(12 - 700);
  });

  it('a modality LUT in HU replaces slope and intercept', async () => {
    const table: Elements = { '00283002 US': [3, 0, 16], '00283004 LO': 'HU', '00283006 US': [10, 20, 30] };
    const image = await decode({ '00283000 SQ': [table], '7FE00010 OW': words([0, 1, 2, 3, ...Array(8).fill(0)]) });
    expect(values(image).slice(0, 4)).toEqual([10, 20, 30, 30]);
    expect(image.domain).toBe('hounsfield');
  });

  it('a rescale that is written but no number is refused, not guessed', async () => {
    for (const tag of ['00281053 DS', '00281052 DS']) {
      expect(await refusal(makeDicom({ [tag]: 'one' }))).toMatchObject({ code: 'image/bad-header' });
    }
    expect((await decode({ '00281053 DS': '', '00281052 DS': '' })).domain).toBe('display');
  });

  it('CT without rescale, or rescaled to something else, is a display picture', async () => {
    expect((await decode({ '00281053 DS': undefined })).domain).toBe('display');
    expect((await decode({ '00281053 DS': '0' })).domain).toBe('display');
    expect((await decode({ '00281054 LO': 'Z_EFF' })).domain).toBe('display');
    expect((await decode({ '00281054 LO': 'US' })).domain).toBe('display');
    expect((await decode({ '00281054 LO': 'Houndsfield Unit' })).domain).toBe('hounsfield');
  });
});

describe('display grey of the rest', () => {
  it('uses the window of the standard, else the range of the values', async () => {
    const windowed = await decode({ ...notCt, '00281050 DS': '500', '00281051 DS': '401' });
    // Linear window C.11.2.1.2: black at c - 0.5 - 200 = 299.5, white at 699.5.
    expect(values(windowed)).toEqual([0, 0, 0, 0, 64, 128, 192, 255, 255, 255, 255, 255]);
    expect(values(await decode(notCt))).toEqual(Array.from({ length: 12 }, (_, i) => Math.round((i * 255) / 11)));
  });

  it('turns MONOCHROME1 over last and leaves padding black', async () => {
    const plain = values(await decode(notCt));
    const turned = values(await decode({ ...notCt, '00280004 CS': 'MONOCHROME1' }));
    expect(turned).toEqual(plain.map((level) => 255 - level));
    const padded = values(await decode({ ...notCt, '00280004 CS': 'MONOCHROME1', '00280120 SS': 0 }));
    expect(padded[0]).toBe(0);
    expect(padded[1]).toBe(255);
  });

  it('8-bit pictures without a window keep their grey', async () => {
    const bytes = Uint8Array.from({ length: 12 }, (_, i) => 100 + i);
    const eight: Changes = {
      ...notCt,
      '00280100 US': 8,
      '00280101 US': 8,
      '00280102 US': 7,
      '00280103 US': 0,
      '7FE00010 OW': bytes,
    };
    expect(values(await decode(eight))).toEqual(Array.from(bytes));
  });

  it('colour by pixel and by plane gives one luminance; YBR gives its Y', async () => {
    const colour: Changes = {
      ...notCt,
      '00280002 US': 3,
      '00280100 US': 8,
      '00280101 US': 8,
      '00280102 US': 7,
      '00280103 US': 0,
    };
    const pixel = Array.from({ length: 12 }, (_, i) => [i * 20, 255 - i * 3, i]);
    const byPixel = { ...colour, '00280004 CS': 'RGB', '00280006 US': 0, '7FE00010 OW': Uint8Array.from(pixel.flat()) };
    const planes = [0, 1, 2].flatMap((c) => pixel.map((p) => p[c] ?? 0));
    const byPlane = { ...byPixel, '00280006 US': 1, '7FE00010 OW': Uint8Array.from(planes) };
    expect(values(await decode(byPixel))).toEqual(values(await decode(byPlane)));
    expect(values(await decode(byPixel))[1]).toBe(Math.floor((20 * 19595 + 252 * 38470 + 7471 + 0x8000) / 65536));
    const luma = values(await decode({ ...byPixel, '00280004 CS': 'YBR_FULL' }));
    expect(luma).toEqual(pixel.map((p) => p[0]));
  });

  it('a JPEG frame has the grey of the same JPEG as a file', async () => {
    const grey = Uint8Array.from({ length: 64 * 48 }, (_, i) => (i * 7) % 256);
    const jpeg = new Uint8Array(
      await sharp(grey, { raw: { width: 64, height: 48, channels: 1 } })
        .toColourspace('b-w')
        .jpeg()
        .toBuffer(),
    );
    const changes: Changes = {
      ...notCt,
      '00280010 US': 48,
      '00280011 US': 64,
      '00280100 US': 8,
      '00280101 US': 8,
      '00280102 US': 7,
      '00280103 US': 0,
      '7FE00010 OW': undefined,
      '7FE00010 OB*': encapsulated([jpeg.subarray(0, 500), jpeg.subarray(500)]),
    };
    const asDicom = await decode(changes, '1.2.840.10008.1.2.4.50');
    expect(pixelHash(asDicom)).toBe(pixelHash(await (await openImage(jpeg)).decode(0)));
  });
});

describe('place and identity', () => {
  it('hashes identifiers and never shows them', async () => {
    const { provenance } = await openImage(makeDicom());
    expect(provenance.scanKey).toMatch(/^[0-9a-f]{16}$/);
    expect(provenance.groupKey).toMatch(/^[0-9a-f]{16}$/);
    expect(provenance.position).toBe(30.5);
    expect(JSON.stringify(provenance)).not.toMatch(/SECRET|1\.2\.3/);
    const other = await openImage(makeDicom({ '0020000E UI': '1.2.3.4.5.7' }));
    expect(other.provenance.scanKey).not.toBe(provenance.scanKey);
    expect(other.provenance.groupKey).toBe(provenance.groupKey);
  });

  it('falls back to study and instance number, and to nothing at all', async () => {
    const study = await openImage(makeDicom({ '00100020 LO': '', '00200037 DS': undefined }));
    expect(study.provenance.groupKey).toMatch(/^[0-9a-f]{16}$/);
    expect(study.provenance.position).toBe(7);
    const none: Changes = {
      '00100020 LO': ' ',
      '0020000D UI': undefined,
      '0020000E UI': undefined,
      '00200013 IS': undefined,
      '00200032 DS': undefined,
    };
    expect((await openImage(makeDicom(none))).provenance).toEqual({});
  });

  it('names the plane by the axis nearest to the normal', async () => {
    const plane = async (orientation: string) => (await decode({ '00200037 DS': orientation })).plane;
    expect(await plane('1\\0\\0\\0\\0.97\\-0.24')).toBe('axial');
    expect(await plane('1\\0\\0\\0\\0\\-1')).toBe('coronal');
    expect(await plane('0\\1\\0\\0\\0\\-1')).toBe('sagittal');
  });

  it('the facts and the cause of a refusal hold no tag value', async () => {
    const error = await refusal(makeDicom().subarray(0, 300));
    const cause = error.cause instanceof Error ? error.cause.message : JSON.stringify(error.cause);
    expect(`${JSON.stringify(error.facts)} ${cause}`).not.toMatch(/SECRET/);
  });
});

describe('what is refused', () => {
  it.each<[string, Changes, string]>([
    ['no Pixel Data', { '7FE00010 OW': undefined }, 'image/no-pixels'],
    ['fewer pixels than rows x columns', { '00280010 US': 4 }, 'image/truncated'],
    ['1-bit masks', { '00280100 US': 1, '00280101 US': 1, '00280102 US': 0 }, 'image/unsupported-pixels'],
    ['32-bit samples', { '00280100 US': 32, '00280101 US': 32, '00280102 US': 31 }, 'image/unsupported-pixels'],
    ['four samples', { '00280002 US': 4 }, 'image/unsupported-pixels'],
    ['no rows', { '00280010 US': 0 }, 'image/bad-header'],
    ['more bits stored than allocated', { '00280101 US': 17 }, 'image/bad-header'],
    ['[B1] 65,535 x 65,535 pixels', { '00280010 US': 65535, '00280011 US': 65535 }, 'image/too-large'],
    ['[B1] 2^31 frames', { '00280008 IS': '2147483648' }, 'image/too-large'],
    [
      '[B1] 4,096 frames of 8,000 x 8,000',
      { '00280008 IS': '4096', '00280010 US': 8000, '00280011 US': 8000 },
      'image/too-large',
    ],
    [
      'a palette shorter than its descriptor',
      {
        '00280004 CS': 'PALETTE COLOR',
        '00281101 US': [0, 0, 16],
        '00281102 US': [0, 0, 16],
        '00281103 US': [0, 0, 16],
        '00281201 OW': words([1]),
        '00281202 OW': words([1]),
        '00281203 OW': words([1]),
      },
      'image/bad-header',
    ],
    ['a rescale past all numbers', { '00281053 DS': '1e300' }, 'image/bad-header'],
  ])('%s', async (_, changes, code) => {
    expect((await refusal(makeDicom(changes))).code).toBe(code);
  });

  it('an unknown transfer syntax, without repeating what stands there', async () => {
    expect((await refusal(makeDicom({}, { syntax: '1.2.840.10008.1.2.4.100' }))).facts).toEqual({
      syntax: '1.2.840.10008.1.2.4.100',
    });
    expect((await refusal(makeDicom({}, { syntax: 'DOE^JANE' }))).facts).toEqual({ syntax: 'unknown' });
  });

  it('[B2] a deflate bomb, before its gigabyte is kept', async () => {
    const zeros = new Uint8Array(64 * 2 ** 20);
    const block = deflateRawSync(zeros, { finishFlush: 3 });
    const bomb = concat([...Array.from({ length: 16 }, () => block), deflateRawSync(new Uint8Array(1))]);
    const head = makeDicom({}, { syntax: deflated }).subarray(0, 128 + 4 + 8 + 22);
    const before = process.memoryUsage().rss;
    expect((await refusal(concat([head, bomb]))).code).toBe('image/too-large-inflated');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  it('reads deflated files and refuses cut ones', async () => {
    expect(values(await decode({}, deflated))).toEqual(values(await decode()));
    const bytes = makeDicom({}, { syntax: deflated });
    expect((await refusal(bytes.subarray(0, bytes.length - 20))).code).toMatch(/^image\/(truncated|corrupt)$/);
  });

  it('[B3] sequences 65 and 10,000 levels deep', async () => {
    const item = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff);
    const sequence = Uint8Array.of(0x08, 0x00, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff);
    for (const depth of [70, 10_000]) {
      const nested = concat(Array.from({ length: depth }, () => concat([sequence, item])));
      const error = await refusal(concat([makeDicom({ '7FE00010 OW': undefined }), nested]));
      expect(error.code).toMatch(/^image\//);
      expect(error.code).not.toBe('image/no-pixels');
    }
  });

  it('a codestream that claims another size than the header', async () => {
    const grey = new Uint8Array(64 * 48).fill(9);
    const jpeg = new Uint8Array(
      await sharp(grey, { raw: { width: 64, height: 48, channels: 1 } })
        .toColourspace('b-w')
        .jpeg()
        .toBuffer(),
    );
    const eight: Changes = {
      ...notCt,
      '00280100 US': 8,
      '00280101 US': 8,
      '00280102 US': 7,
      '00280103 US': 0,
      '7FE00010 OW': undefined,
    };
    const bytes = makeDicom({ ...eight, '7FE00010 OB*': encapsulated([jpeg]) }, { syntax: '1.2.840.10008.1.2.4.50' });
    expect((await refusal(bytes)).code).toBe('image/corrupt');
  });
});

describe('files without preamble', () => {
  it('explicit little endian from group 0008 on', async () => {
    const bytes = makeDicom({}, { preamble: false });
    expect(values(await (await openImage(bytes)).decode(0))).toEqual(values(await decode()));
  });

  it('group 0002 first', async () => {
    const bytes = makeDicom().subarray(132);
    expect(values(await (await openImage(bytes)).decode(0))).toEqual(values(await decode()));
  });
});
