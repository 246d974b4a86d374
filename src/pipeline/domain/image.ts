/** Where grey values come from: CT numbers in Hounsfield units, or an already windowed picture. */
export const domains = ['display', 'hounsfield'] as const;
export type Domain = (typeof domains)[number];

export const planes = ['axial', 'coronal', 'sagittal', 'unknown'] as const;
export type Plane = (typeof planes)[number];

export const fileFormats = ['png', 'jpeg', 'tiff', 'dicom', 'nifti'] as const;
export type FileFormat = (typeof fileFormats)[number];

/**
 * One decoded 2-D picture, one sample a pixel, row-major, top-left first.
 * `hounsfield`: pixels are HU (rescale applied, never inverted).
 * `display`: pixels run from 0 (black) to `white` (255 or 65535), MONOCHROME1 already inverted.
 */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint16Array | Int16Array | Int32Array | Float32Array;
  readonly domain: Domain;
  readonly white: number;
  readonly plane: Plane;
}

/** What a file says of its place among others, where it says anything. Identifiers are hashed: never a name or a UID. */
export interface Provenance {
  /** Hashed SeriesInstanceUID (DICOM), or undefined where the file has none. */
  readonly scanKey?: string | undefined;
  /** Hashed PatientID, else hashed StudyInstanceUID. */
  readonly groupKey?: string | undefined;
  /** Order within the scan: position along the slice normal in mm, else InstanceNumber. */
  readonly position?: number | undefined;
}

/** What may be shown beside an image. */
export interface ImageDetails {
  /** Geometry and exposure, never a name, number, date or description of a person or a place. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Window that the file proposes for Hounsfield units; null when it proposes none. */
  readonly window: { readonly center: number; readonly width: number } | null;
}

/** A file opened once: how many frames it has, and a way to decode each. */
export interface OpenedImage {
  readonly format: FileFormat;
  readonly frames: number;
  readonly provenance: Provenance;
  /** @param frame 0-based. @throws HilumError with an `image/` code. */
  decode(frame: number): Promise<DecodedImage>;
  /** What a medical file says of a frame besides its pixels. @throws HilumError with an `image/` code */
  details?(frame: number): ImageDetails;
}

/** Name of one image in manifest, split and predictions: the file, or `file#frame` (1-based) in a file of several. */
export function imageName(file: string, frame: number, frames: number): string {
  return frames === 1 ? file : `${file}#${frame + 1}`;
}

/** Inverse of imageName for an image whose file is known. */
export function frameOf(file: string, image: string): number {
  return image === file ? 0 : Number(image.slice(file.length + 1)) - 1;
}
