import dicomParser, { type DataSet } from 'dicom-parser';
import { HilumError } from '../../../domain/errors.ts';
import { inflate, inflatedSize } from '../../inflate.ts';
import { limits } from '../../limits.ts';
import { bareSyntax } from './sniff.ts';

export const deflatedSyntax = '1.2.840.10008.1.2.1.99';
const explicitLittle = '1.2.840.10008.1.2.1';

/** Everything before Pixel Data; Pixel Data itself is only located (its element is in `dataSet`, unparsed). */
export interface Header {
  readonly dataSet: DataSet;
  /** The bytes that data offsets refer to: the file, or what its deflated part inflates to. */
  readonly bytes: Uint8Array;
  readonly syntax: string;
}

/**
 * Header of a DICOM file (PS3.10), with or without preamble, deflated or not.
 * @throws HilumError `image/bad-header`, `image/truncated`, `image/too-large-inflated`
 */
export async function parseHeader(file: Uint8Array): Promise<Header> {
  const bare = bareSyntax(file);
  if (bare !== undefined && file[0] !== 2 && file[1] !== 2) return { ...parse(file, bare), syntax: bare };
  const whole = bare === undefined ? file : withPreamble(file);
  const syntax = guarded(() => dicomParser.readPart10Header(whole).string('x00020010'))?.trim();
  if (syntax === undefined || syntax === '') {
    throw new HilumError('image/bad-header', { what: 'the transfer syntax is missing' });
  }
  if (syntax !== deflatedSyntax) return { ...parse(whole), syntax };
  const packed = whole.subarray(guarded(() => endOfMeta(whole)));
  const inflated = await inflate(packed, 'raw', await inflatedSize(packed, 'raw'));
  return { ...parse(inflated, explicitLittle), syntax };
}

function parse(bytes: Uint8Array, bare?: string): { dataSet: DataSet; bytes: Uint8Array } {
  const options = bare === undefined ? {} : { TransferSyntaxUID: bare };
  const dataSet = guarded(() => dicomParser.parseDicom(bytes, { ...options, untilTag: 'x7fe00010' }));
  checkShape(dataSet, 0, { elements: 0 });
  return { dataSet, bytes };
}

/** Runs a reader of dicom-parser, which throws strings and plain objects, and lets only HilumErrors out. */
export function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof HilumError) throw error;
    // What dicom-parser throws holds the data set: only its text may live on as a cause.
    const cause = messageOf(error);
    if (/overrun|past the end|cannot seek|eof|beyond|invalid value for parameter 'maxP/i.test(cause)) {
      throw new HilumError('image/truncated', {}, { cause });
    }
    throw new HilumError('image/bad-header', { what: 'the DICOM elements cannot be parsed' }, { cause });
  }
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof Error) return error.message;
  return typeof error === 'object' && error !== null && 'exception' in error ? messageOf(error.exception) : '';
}

/** Deep nesting and element floods are refused (FAULTS N6); neither occurs in images. */
function checkShape(dataSet: DataSet, depth: number, seen: { elements: number }): void {
  if (depth > limits.sequenceDepth) {
    throw new HilumError('image/too-large', { actual: 'deeper', unit: 'sequence levels', limit: limits.sequenceDepth });
  }
  for (const element of Object.values(dataSet.elements)) {
    seen.elements++;
    if (seen.elements > limits.elements) {
      throw new HilumError('image/too-large', { actual: 'more', unit: 'elements', limit: limits.elements });
    }
    for (const item of element.items ?? []) {
      if (item.dataSet !== undefined) checkShape(item.dataSet, depth + 1, seen);
    }
  }
}

function withPreamble(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + 132);
  whole.set([0x44, 0x49, 0x43, 0x4d], 128);
  whole.set(bytes, 132);
  return whole;
}

/** Where group 0002 ends: elements are walked, since the stated group length is often wrong. */
function endOfMeta(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 132;
  while (view.getUint16(at, true) === 2) {
    const long = /^(OB|OW|SQ|UN|UT)$/.test(String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5)));
    at += long ? 12 + view.getUint32(at + 8, true) : 8 + view.getUint16(at + 6, true);
  }
  return at;
}
