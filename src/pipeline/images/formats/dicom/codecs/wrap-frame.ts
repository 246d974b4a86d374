import type { Codestream } from './codestream.ts';

/**
 * One codestream of 9 to 16 bits as a DICOM file (PS3.10, explicit VR little endian) with only what a reader needs to
 * decode it: Secondary Capture, grey, unsigned, no rescale. The codestream tells the process; 4.51 stands for all of them.
 */
export function wrapFrame(codestream: Uint8Array, { width, height, bits }: Codestream): Uint8Array {
  const padding = codestream.length % 2;
  const meta = Buffer.concat([
    text(0x0002, 0x0002, 'UI', secondaryCapture),
    text(0x0002, 0x0003, 'UI', '1.2'),
    text(0x0002, 0x0010, 'UI', '1.2.840.10008.1.2.4.51'),
  ]);
  const parts = [
    new Uint8Array(128),
    ascii('DICM'),
    words(0x0002, 0x0000),
    ascii('UL'),
    words(4, meta.length, 0),
    meta,
    text(0x0008, 0x0016, 'UI', secondaryCapture),
    text(0x0008, 0x0018, 'UI', '1.2'),
    word(0x0028, 0x0002, 1),
    text(0x0028, 0x0004, 'CS', 'MONOCHROME2 '),
    word(0x0028, 0x0010, height),
    word(0x0028, 0x0011, width),
    word(0x0028, 0x0100, 16),
    word(0x0028, 0x0101, bits),
    word(0x0028, 0x0102, bits - 1),
    word(0x0028, 0x0103, 0),
    Uint8Array.of(0xe0, 0x7f, 0x10, 0, ...ascii('OB'), 0, 0, 0xff, 0xff, 0xff, 0xff),
    item(0xe000, 0),
    item(0xe000, codestream.length + padding),
    codestream,
    new Uint8Array(padding),
    item(0xe0dd, 0),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

const ascii = (value: string): Uint8Array => new TextEncoder().encode(value);

function text(group: number, element: number, vr: string, value: string): Uint8Array {
  const bytes = ascii(value.length % 2 === 0 ? value : `${value}\0`);
  return Buffer.concat([words(group, element), ascii(vr), words(bytes.length), bytes]);
}

const word = (group: number, element: number, value: number): Uint8Array =>
  Buffer.concat([words(group, element), ascii('US'), words(2, value)]);

const item = (element: number, length: number): Uint8Array =>
  words(0xfffe, element, length & 0xffff, Math.floor(length / 0x10000));

function words(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 2 * index);
  return bytes;
}
