import { HilumError } from '../../../domain/errors.ts';
import type { DecodedImage, OpenedImage } from '../../../domain/image.ts';
import { plainBytes } from '../../bytes.ts';
import { detectPlane } from '../../plane.ts';
import { colourGrey } from './colour.ts';
import { detailsOf } from './details.ts';
import { planeOf, provenanceOf } from './geometry.ts';
import { applyModality, modalityRule } from './modality.ts';
import { darkenPadding, readPadding } from './padding.ts';
import { guarded, type Header, parseHeader } from './parse.ts';
import { type PixelModule, readPixelModule } from './pixel-module.ts';
import type { StoredValues } from './samples.ts';
import { type FrameReader, frameReader } from './stored.ts';
import { displayGrey } from './voi.ts';

interface OpenedDicom {
  readonly header: Header;
  readonly pixels: PixelModule;
  readonly read: FrameReader;
}

/**
 * A DICOM file (PS3.10) as frames: HU for CT with a usable rescale, else 8-bit display grey.
 * @throws HilumError with an `image/` code; strings and objects of the libraries never pass
 */
export async function openDicom(bytes: Uint8Array): Promise<OpenedImage> {
  const file = await open(bytes);
  const provenance = guarded(() => provenanceOf(file.header.dataSet));
  const { frames } = file.pixels;
  return {
    format: 'dicom',
    frames,
    provenance,
    decode: async (frame) => await decode(file, frame),
    details: (frame) => guarded(() => detailsOf(file.header.dataSet, frame, file.pixels.signed)),
  };
}

/** One frame before rescale, for comparison with other programs. */
export interface StoredImage {
  /** Masked and sign-extended: what the rescale is applied to. */
  readonly values: StoredValues;
  /** Whole words of Bits Allocated: what older pydicom and DCMTK print as stored values. */
  readonly words: StoredValues;
  readonly samples: number;
  readonly slope: number;
  readonly intercept: number;
}

/** @param frame 0-based @throws HilumError as openDicom */
export async function decodeStored(bytes: Uint8Array, frame: number): Promise<StoredImage> {
  const { header, pixels, read } = await open(bytes);
  const { values, words } = await read(frame);
  const { slope, intercept } = guarded(() => modalityRule(header.dataSet, frame, pixels.signed));
  return { values, words, samples: pixels.samples, slope, intercept };
}

async function open(bytes: Uint8Array): Promise<OpenedDicom> {
  const header = await parseHeader(plainBytes(bytes));
  const pixels = readPixelModule(header);
  return { header, pixels, read: frameReader(header, pixels) };
}

async function decode({ header, pixels, read }: OpenedDicom, frame: number): Promise<DecodedImage> {
  if (!(Number.isInteger(frame) && frame >= 0 && frame < pixels.frames)) {
    throw new HilumError('image/bad-header', { what: `frame ${frame + 1} of ${pixels.frames} does not exist` });
  }
  const stored = await read(frame);
  return guarded(() => {
    const { dataSet } = header;
    const size = { width: pixels.columns, height: pixels.rows };
    const plane = planeOf(dataSet, frame);
    const grey = colourGrey(dataSet, pixels, stored);
    const picture = grey === undefined ? greyFrame(header, pixels, stored.values, frame) : { pixels: grey, ...display };
    const image = { ...size, ...picture };
    return { ...image, plane: plane ?? detectPlane(image) };
  });
}

const display = { domain: 'display', white: 255 } as const;

function greyFrame(
  { dataSet }: Header,
  pixels: PixelModule,
  stored: StoredValues,
  frame: number,
): Pick<DecodedImage, 'pixels' | 'domain' | 'white'> {
  const rule = modalityRule(dataSet, frame, pixels.signed);
  const values = applyModality(stored, rule);
  const padding = readPadding(dataSet, pixels.signed);
  if (rule.hounsfield) {
    if (padding !== undefined) darkenPadding(values, stored, padding);
    return { pixels: values, domain: 'hounsfield', white: 0 };
  }
  const rescaled = rule.table !== undefined || rule.slope !== 1 || rule.intercept !== 0;
  return { pixels: displayGrey(dataSet, frame, { stored, values, padding, pixels, rescaled }), ...display };
}
