import { existsSync, readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HilumError, hasCode } from '../../../src/pipeline/domain/errors.ts';
import { openImage, pixelHash } from '../../../src/pipeline/images/index.ts';

const width = 40;
const height = 30;
const grey8 = Uint8Array.from({ length: width * height }, (_, i) => (i * 37 + (i >> 5) * 11) % 256);
const grey16 = Uint16Array.from(grey8, (value) => value * 257 - (value % 3));
const rawGrey = { raw: { width, height, channels: 1 as const } };

const png = async (): Promise<Uint8Array> => await sharp(grey8, rawGrey).toColourspace('b-w').png().toBuffer();
const tiff = async (): Promise<Uint8Array> =>
  await sharp(grey8, rawGrey).toColourspace('b-w').tiff({ compression: 'lzw' }).toBuffer();
const jpeg = async (): Promise<Uint8Array> =>
  await sharp(grey8, rawGrey).toColourspace('b-w').jpeg({ quality: 90 }).toBuffer();

/** 2 x 2 floating-point TIFF, written by hand: sharp writes none. */
function floatTiff(): Uint8Array {
  const tags = [
    [256, 2],
    [257, 2],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, 200],
    [277, 1],
    [278, 2],
    [279, 16],
    [339, 3],
  ] as const;
  const view = new DataView(new ArrayBuffer(216));
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, tags.length, true);
  tags.forEach(([tag, value], i) => {
    view.setUint16(10 + 12 * i, tag, true);
    view.setUint16(12 + 12 * i, 3, true);
    view.setUint32(14 + 12 * i, 1, true);
    view.setUint16(18 + 12 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

async function codeOf(bytes: Uint8Array, name?: string): Promise<string> {
  try {
    const opened = await openImage(bytes, name === undefined ? {} : { name });
    for (let frame = 0; frame < opened.frames; frame++) await opened.decode(frame);
    return 'readable';
  } catch (error) {
    if (error instanceof HilumError) return error.code;
    throw error;
  }
}

const decoded = async (bytes: Uint8Array) => await (await openImage(bytes)).decode(0);

describe('PNG, JPEG and TIFF', () => {
  it('keeps 8-bit grey as it is, and hashes equal pixels equally in PNG and TIFF', async () => {
    const image = await decoded(await png());
    expect(image).toMatchObject({ width, height, domain: 'display', white: 255 });
    expect(image.pixels).toEqual(grey8);
    expect(pixelHash(await decoded(await tiff()))).toBe(pixelHash(image));
    expect(pixelHash({ ...image, width: height, height: width })).not.toBe(pixelHash(image));
  });

  it('keeps 16-bit grey as it is, white 65535', async () => {
    const bytes = await sharp(grey16, rawGrey).toColourspace('grey16').png().toBuffer();
    const image = await decoded(bytes);
    expect(image.white).toBe(65535);
    expect(image.pixels).toEqual(grey16);
  });

  it('gives a grey JPEG one channel', async () => {
    const image = await decoded(await jpeg());
    expect(image.pixels.length).toBe(width * height);
    expect(Math.abs((image.pixels[500] ?? 0) - (grey8[500] ?? 0))).toBeLessThan(60);
  });

  it('makes the luminance of Pillow from colour; R = G = B gives exactly the grey back', async () => {
    const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 29) % 256);
    const raw = { raw: { width, height, channels: 3 as const } };
    const image = await decoded(await sharp(rgb, raw).png().toBuffer());
    const first = Math.floor((0 * 19595 + 29 * 38470 + 58 * 7471 + 0x8000) / 65536);
    expect(image.pixels[0]).toBe(first);
    const same = Uint8Array.from({ length: width * height * 3 }, (_, i) => grey8[Math.floor(i / 3)] ?? 0);
    expect((await decoded(await sharp(same, raw).png().toBuffer())).pixels).toEqual(grey8);
  });

  it('reads 16-bit and multi-page TIFF, and refuses floating-point TIFF', async () => {
    const deep = await sharp(grey16, rawGrey).toColourspace('grey16').tiff({ compression: 'lzw' }).toBuffer();
    expect((await decoded(deep)).pixels).toEqual(grey16);
    const pages = await sharp(grey8, { raw: { width, height, channels: 1, pageHeight: 10 } })
      .toColourspace('b-w')
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const opened = await openImage(pages, { name: 'stack.tif' });
    expect(opened.frames).toBe(3);
    expect((await opened.decode(2)).pixels).toEqual(grey8.slice(20 * width));
    expect(await codeOf(floatTiff())).toBe('image/unsupported-pixels');
  });

  it('lays transparency on black', async () => {
    const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 128 : 200));
    const image = await decoded(
      await sharp(rgba, { raw: { width, height, channels: 4 } })
        .png()
        .toBuffer(),
    );
    expect(new Set(image.pixels)).toEqual(new Set([Math.round((200 * 128) / 255)]));
  });

  it('honours the EXIF orientation', async () => {
    const upright = await decoded(await jpeg());
    const turned = await sharp(await jpeg())
      .withMetadata({ orientation: 3 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const image = await decoded(turned);
    const last = upright.pixels.length - 1;
    expect(Math.abs((image.pixels[0] ?? 0) - (upright.pixels[last] ?? 0))).toBeLessThan(20);
  });

  it('decodes the same bytes to the same pixels, one after the other and side by side', async () => {
    const bytes = await jpeg();
    const hashes = await Promise.all(Array.from({ length: 8 }, async () => pixelHash(await decoded(bytes))));
    expect(new Set(hashes).size).toBe(1);
  });
});

describe('what is refused', () => {
  it('refuses an empty file and unknown content, whatever the name says', async () => {
    expect(await codeOf(new Uint8Array(0))).toBe('image/empty');
    const texts = [
      'hello, this is no image at all',
      '%PDF-1.7 …',
      'PK\u0003\u0004aaaaaaaaaaaaaaaaaaaa',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ];
    for (const text of texts)
      expect(await codeOf(new TextEncoder().encode(text), 'x.png')).toBe('image/unknown-format');
  });

  it('[B7] refuses SVG, GIF, WebP and AVIF named .png', async () => {
    const picture = sharp(grey8, rawGrey);
    const others = [
      await picture.clone().gif().toBuffer(),
      await picture.clone().webp().toBuffer(),
      await picture.clone().avif({ effort: 0 }).toBuffer(),
    ];
    for (const bytes of others) expect(await codeOf(bytes, 'x.png')).toBe('image/unknown-format');
    await expect(sharp(others[0]).raw().toBuffer()).rejects.toThrow(/unsupported/);
  });

  it('refuses a picture named as a medical file and the reverse; a wrong picture extension is harmless', async () => {
    expect(await codeOf(await jpeg(), 'slice.DCM')).toBe('image/disguised');
    expect(await codeOf(await png(), 'volume.nii.gz')).toBe('image/disguised');
    const bare = Uint8Array.from([...new Uint8Array(128), 0x44, 0x49, 0x43, 0x4d, ...new Uint8Array(40)]);
    expect(await codeOf(bare, 'slice.png')).toBe('image/disguised');
    expect(await codeOf(await jpeg(), 'slice.png')).toBe('readable');
    expect(await codeOf(await jpeg(), 'IM0001')).toBe('readable');
  });

  it('[B7] refuses every truncation of PNG, JPEG and TIFF', async () => {
    for (const bytes of [await png(), await jpeg(), await tiff()]) {
      expect(await codeOf(bytes)).toBe('readable');
      const step = Math.max(Math.floor(bytes.length / 40), 1);
      for (let length = 1; length < bytes.length - 1; length += step) {
        expect(await codeOf(bytes.subarray(0, length)), `${length} of ${bytes.length}`).toMatch(/^image\//);
      }
    }
  });

  it('[B7] refuses a picture of 196 megapixels before decoding it', async () => {
    const bytes = Uint8Array.from(await png());
    new DataView(bytes.buffer).setUint32(16, 14000);
    new DataView(bytes.buffer).setUint32(20, 14000);
    await expect(openImage(bytes)).rejects.toSatisfy((error) => hasCode(error, 'image/too-large'));
  });

  it('refuses a frame that does not exist', async () => {
    const opened = await openImage(await png());
    await expect(opened.decode(1)).rejects.toSatisfy((error) => hasCode(error, 'image/bad-header'));
  });
});

const kidney = new URL('../../../../shared/data/kidney-ct/', import.meta.url);
if (!existsSync(kidney)) console.warn('SKIPPED: ../shared/data/kidney-ct is absent, no real pictures were read');

describe.skipIf(!existsSync(kidney))('real kidney CT pictures', () => {
  it('reads all 1,084 and knows axial from coronal', async () => {
    const rows = readFileSync(new URL('manifest.csv', kidney), 'utf8').split('\n').slice(1).filter(Boolean);
    expect(rows.length).toBe(1084);
    expect(readdirSync(kidney).length).toBeGreaterThan(4);
    let wrong = 0;
    for (const row of rows) {
      const [file = '', , , , , orientation, columns] = row.split(',');
      const image = await decoded(readFileSync(new URL(file.split('/').map(encodeURIComponent).join('/'), kidney)));
      expect(image.width).toBe(Number(columns));
      if (image.plane !== orientation) wrong++;
    }
    expect(wrong).toBe(0);
  });
});
