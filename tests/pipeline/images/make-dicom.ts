import { deflateRawSync } from 'node:zlib';

/** A value of one element: raw bytes, text, a number of its VR, several of them, or (SQ) items. */
export type Value = Uint8Array | string | number | readonly number[] | readonly Elements[];
/** Keys are `ggggeeee VR`, written in the order of the tag. */
export type Elements = Readonly<Record<string, Value>>;

export const explicitLittle = '1.2.840.10008.1.2.1';
export const deflated = '1.2.840.10008.1.2.1.99';

/** A small DICOM file, explicit VR little endian, for tests. Undefined values of `changes` remove an element. */
export function makeDicom(
  changes: Readonly<Record<string, Value | undefined>> = {},
  options: { readonly syntax?: string; readonly preamble?: boolean } = {},
): Uint8Array {
  const { syntax = explicitLittle, preamble = true } = options;
  const elements: Record<string, Value> = {};
  for (const [key, value] of Object.entries({ ...base, ...changes })) if (value !== undefined) elements[key] = value;
  const body = writeElements(elements);
  const meta = writeElements({ '00020010 UI': syntax });
  const head = preamble ? [new Uint8Array(128), text('DICM'), meta] : [];
  return concat([...head, syntax === deflated ? new Uint8Array(deflateRawSync(body)) : body]);
}

/** 4 x 3 signed 16-bit CT with values 0, 100, 200 …, rescale 1 / -1000, axial. */
const base: Elements = {
  '00080016 UI': '1.2.840.10008.5.1.4.1.1.2',
  '00080060 CS': 'CT',
  '00100010 PN': 'SECRET^NAME',
  '00100020 LO': 'SECRET-ID',
  '0020000D UI': '1.2.3.4.5',
  '0020000E UI': '1.2.3.4.5.6',
  '00200013 IS': '7',
  '00200032 DS': '-10\\-20\\30.5',
  '00200037 DS': '1\\0\\0\\0\\1\\0',
  '00280002 US': 1,
  '00280004 CS': 'MONOCHROME2',
  '00280010 US': 3,
  '00280011 US': 4,
  '00280100 US': 16,
  '00280101 US': 16,
  '00280102 US': 15,
  '00280103 US': 1,
  '00281052 DS': '-1000',
  '00281053 DS': '1',
  '7FE00010 OW': words(Array.from({ length: 12 }, (_, i) => i * 100)),
};

export function words(values: readonly number[]): Uint8Array {
  return new Uint8Array(Int16Array.from(values).buffer);
}

/** Encapsulated Pixel Data: an (empty) basic offset table and one item a fragment. */
export function encapsulated(fragments: readonly Uint8Array[], table: readonly number[] = []): Uint8Array {
  const items = [new Uint8Array(Uint32Array.from(table).buffer), ...fragments];
  const parts = items.flatMap((item) => {
    const padded = item.length % 2 === 0 ? item : concat([item, Uint8Array.of(0)]);
    return [uint32(0xe000fffe), uint32(padded.length), padded];
  });
  return concat([...parts, uint32(0xe0ddfffe), uint32(0)]);
}

const longVrs = new Set(['OB', 'OW', 'OF', 'SQ', 'UN', 'UT']);

export function writeElements(elements: Elements): Uint8Array {
  const keys = Object.keys(elements).sort();
  return concat(keys.map((key) => writeElement(key, elements[key] ?? '')));
}

function writeElement(key: string, value: Value): Uint8Array {
  const tag = Uint16Array.of(Number.parseInt(key.slice(0, 4), 16), Number.parseInt(key.slice(4, 8), 16));
  const vr = key.slice(9, 11);
  const undefinedLength = key.endsWith('*');
  const bytes = writeValue(vr, value);
  const length = undefinedLength ? 0xffffffff : bytes.length;
  const size = longVrs.has(vr)
    ? concat([new Uint8Array(2), uint32(length)])
    : new Uint8Array(Uint16Array.of(length).buffer);
  return concat([new Uint8Array(tag.buffer), text(vr), size, bytes]);
}

function writeValue(vr: string, value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return text(value.length % 2 === 0 ? value : `${value}${vr === 'UI' ? '\0' : ' '}`);
  if (typeof value === 'number') return writeValue(vr, [value]);
  const parts = value.map((entry) => {
    if (typeof entry !== 'number') {
      const item = writeElements(entry);
      return concat([uint32(0xe000fffe), uint32(item.length), item]);
    }
    if (vr === 'FD') return new Uint8Array(Float64Array.of(entry).buffer);
    return vr === 'UL' ? uint32(entry) : new Uint8Array(Uint16Array.of(entry).buffer);
  });
  return concat(parts);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const uint32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);
