import { HilumError } from '../../../../domain/errors.ts';
import type { Codec } from './codec.ts';

interface CodecEntry {
  readonly encapsulated: boolean;
  /** Loaded by the first frame that needs it. */
  load(): Promise<Codec>;
}

const native = { encapsulated: false, load: async () => (await import('./raw.ts')).raw };
const rle = { encapsulated: true, load: async () => (await import('./rle.ts')).rle };
const jpeg = { encapsulated: true, load: async () => (await import('./jpeg.ts')).jpeg };
const jpegLossless = { encapsulated: true, load: async () => (await import('./jpeg-lossless.ts')).jpegLossless };
const jpegLs = { encapsulated: true, load: async () => (await import('./jpeg-ls.ts')).jpegLs };
const jpeg2000 = { encapsulated: true, load: async () => (await import('./jpeg-2000.ts')).jpeg2000 };
const htj2k = { encapsulated: true, load: async () => (await import('./htj2k.ts')).htj2k };

/** Transfer syntaxes by UID without the common root 1.2.840.10008.1.2 (PS3.6 table A-1). */
const codecs: Readonly<Record<string, CodecEntry>> = {
  '': native,
  '.1': native,
  '.1.99': native,
  '.2': native,
  '.5': rle,
  '.4.50': jpeg,
  '.4.51': jpeg,
  '.4.53': jpeg,
  '.4.55': jpeg,
  '.4.57': jpegLossless,
  '.4.70': jpegLossless,
  '.4.80': jpegLs,
  '.4.81': jpegLs,
  '.4.90': jpeg2000,
  '.4.91': jpeg2000,
  '.4.201': htj2k,
  '.4.202': htj2k,
  '.4.203': htj2k,
};

const root = '1.2.840.10008.1.2';

/** @throws HilumError `image/unsupported-syntax` */
export function codecOf(syntax: string): CodecEntry {
  const suffix = syntax.startsWith(root) ? syntax.slice(root.length) : syntax;
  const entry = Object.hasOwn(codecs, suffix) ? codecs[suffix] : undefined;
  if (entry === undefined) throw new HilumError('image/unsupported-syntax', { syntax: safeUid(syntax) });
  return entry;
}

/** Digits and dots only: what a broken file puts into this field must not reach a log. */
const safeUid = (uid: string): string => (/^[0-9.]{1,64}$/.test(uid) ? uid : 'unknown');
