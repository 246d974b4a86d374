import { softTissueGrey } from '../exposure.ts';
import type { Patient } from '../patient.ts';
import { axialPlaces, scanSlices } from '../scan.ts';
import type { PhantomSlice } from '../slice.ts';
import { ctFile } from './dicom.ts';
import { niftiFile } from './nifti.ts';
import { jpegFile, pngFile } from './picture.ts';

export const phantomFormats = ['jpeg', 'png', 'dicom', 'nifti'] as const;
export type PhantomFormat = (typeof phantomFormats)[number];

/** Where a patient's files stand in their class. */
export interface ScanPlace {
  readonly className: string;
  /** 1-based number of the patient within the class. */
  readonly scanNumber: number;
  /** 1-based number of the first picture within the class (JPEG and PNG names). */
  readonly firstNumber: number;
  readonly patientId: string;
  readonly slices: number;
  readonly size: number;
}

/** One file of a scan and the images in it. */
export interface ScanFile {
  /** Within the class folder. */
  readonly name: string;
  readonly images: readonly { readonly plane: 'axial' | 'coronal'; readonly slice: PhantomSlice }[];
  encode(): Uint8Array | Promise<Uint8Array>;
}

/** How each format turns a patient into files. Files come one at a time: a scan is never whole in memory but for a volume. */
export const formatWriters: Record<PhantomFormat, (patient: Patient, place: ScanPlace) => Iterable<ScanFile>> = {
  jpeg: (patient, place) => pictures(patient, place, 'jpg', jpegFile),
  png: (patient, place) => pictures(patient, place, 'png', pngFile),
  dicom: dicomSeries,
  nifti: niftiVolume,
};

/** Numbered pictures as in the Kaggle set: half axial, half coronal. */
function* pictures(patient: Patient, place: ScanPlace, ending: string, encode: typeof jpegFile): Iterable<ScanFile> {
  const axial = Math.ceil(place.slices / 2);
  let number = place.firstNumber;
  for (const image of scanSlices(patient, axial, place.slices - axial, place.size)) {
    const { width, height, hu } = image.slice;
    yield {
      name: `${place.className}- (${number}).${ending}`,
      images: [image],
      encode: () => encode({ pixels: softTissueGrey(hu), width, height }),
    };
    number++;
  }
}

function* dicomSeries(patient: Patient, place: ScanPlace): Iterable<ScanFile> {
  const [first = 0, second = first - 1] = axialPlaces(patient, place.slices);
  let instanceNumber = 1;
  for (const image of scanSlices(patient, place.slices, 0, place.size)) {
    const series = {
      seriesKey: `${place.patientId} axial`,
      patientId: place.patientId,
      seriesNumber: 1,
      instanceNumber,
      sliceStepMm: first - second,
      signedPixels: patient.scanner.signedPixels,
    };
    yield {
      name: `IM-${padded(place.scanNumber)}-${padded(instanceNumber)}.dcm`,
      images: [image],
      encode: () => ctFile(image.slice, series),
    };
    instanceNumber++;
  }
}

function* niftiVolume(patient: Patient, place: ScanPlace): Iterable<ScanFile> {
  const images = [...scanSlices(patient, place.slices, 0, place.size)].reverse();
  const slices = images.map((image) => image.slice);
  yield { name: `${place.className}-${padded(place.scanNumber)}.nii.gz`, images, encode: () => niftiFile(slices) };
}

function padded(number: number): string {
  return String(number).padStart(4, '0');
}
