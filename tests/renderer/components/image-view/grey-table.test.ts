import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greySource } from '../../../../src/pipeline/images/grey.ts';
import { greyTable, paint } from '../../../../src/renderer/components/image-view/grey-table.ts';

const greyOf = (rgba: number | undefined): number => (rgba ?? 0) & 0xff;
const windows = fc.record({ center: fc.integer({ min: -1500, max: 3000 }), width: fc.integer({ min: 1, max: 5000 }) });

describe('greyTable', () => {
  it('draws the line of the contract: black at center - width / 2, white at center + width / 2', () => {
    const table = greyTable({ center: 40, width: 400 }, false, true);
    expect([-1000, -160, 41, 240, 3000].map((hu) => greyOf(table[hu & 0xffff]))).toEqual([0, 0, 128, 255, 255]);
  });

  it('agrees with the grey values that the network gets, for every window and value', () => {
    return fc.assert(
      fc.property(windows, fc.integer({ min: -32_768, max: 32_767 }), (window, hu) => {
        const image = { width: 1, height: 1, pixels: Int16Array.of(hu), domain: 'hounsfield', white: 255 } as const;
        const expected = Math.round(greySource(image, window).pixels[0] ?? Number.NaN);
        // Single precision on the core's side may round a half the other way.
        expect(Math.abs(greyOf(greyTable(window, false, true)[hu & 0xffff]) - expected)).toBeLessThanOrEqual(1);
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  it('is opaque and grey, and its inverse is 255 minus it', () => {
    const plain = greyTable({ center: 128, width: 255 }, false, false);
    const inverse = greyTable({ center: 128, width: 255 }, true, false);
    for (const value of [0, 1, 100, 255, 4000, 65_535]) {
      const rgba = plain[value] ?? 0;
      expect(rgba >>> 24).toBe(255);
      expect([(rgba >> 8) & 0xff, (rgba >> 16) & 0xff]).toEqual([greyOf(rgba), greyOf(rgba)]);
      expect(greyOf(inverse[value])).toBe(255 - greyOf(rgba));
    }
  });
});

describe('paint', () => {
  it.each([
    ['int16', Int16Array.of(-2000, -160, 41, 240, 32_767), true],
    ['float32', Float32Array.of(-1e9, -160, 41.2, 240, 1e9), true],
    ['uint16', Uint16Array.of(0, 0, 41, 240, 65_535), false],
    ['uint8', Uint8Array.of(0, 0, 41, 240, 255), false],
  ] as const)('looks %s samples up, also those past the ends', (_name, pixels, signed) => {
    const out = new Uint32Array(pixels.length);
    paint(pixels, greyTable({ center: 40, width: 400 }, false, signed), signed, out);
    expect(greyOf(out[2])).toBe(128);
    expect(greyOf(out[3])).toBe(255);
    expect(greyOf(out[4])).toBe(255);
    expect(greyOf(out[0])).toBe(signed ? 0 : 102);
  });
});
