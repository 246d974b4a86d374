import { concat } from './make-dicom.ts';

/** An 8 x 8 grey 12-bit JPEG (extended sequential, one DC coefficient) whose pixels all are `value`, 1 to 1024. */
export function makeJpeg12(value: number): Uint8Array {
  // With a quantiser of 8 a pixel is DC + 2048; category 11 writes a negative DC as DC + 2047 (ITU-T T.81 F.1.2.1).
  const bits = `10${(value - 1).toString(2).padStart(11, '0')}0`.padEnd(16, '1');
  const data = [Number.parseInt(bits.slice(0, 8), 2), Number.parseInt(bits.slice(8), 2)];
  return concat([
    Uint8Array.of(0xff, 0xd8),
    segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    segment(0xc1, [12, 0, 8, 0, 8, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, 1, 1, ...Array<number>(14).fill(0), 0, 11]),
    segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    Uint8Array.from(data.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]))),
    Uint8Array.of(0xff, 0xd9),
  ]);
}

const segment = (marker: number, content: readonly number[]): Uint8Array =>
  Uint8Array.of(0xff, marker, 0, content.length + 2, ...content);
