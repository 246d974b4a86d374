import type { PhantomSlice } from '../slice.ts';
import { type DataElement, dicomFile } from './dicom-bytes.ts';
import { uidOf } from './uid.ts';

export const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
const basicTextSr = '1.2.840.10008.5.1.4.1.1.88.11';
const interceptHu = -1024;

/** Which series of which patient a slice belongs to. */
export interface SeriesPlace {
  /** Names the UIDs; equal keys give one series. */
  readonly seriesKey: string;
  readonly patientId: string;
  readonly seriesNumber: number;
  /** 1-based. */
  readonly instanceNumber: number;
  readonly sliceStepMm: number;
  readonly signedPixels: boolean;
}

/** A CT image object: 16 bit explicit little endian, HU = stored - 1024. */
export function ctFile(slice: PhantomSlice, place: SeriesPlace): Uint8Array {
  const sopInstance = uidOf(place.seriesKey, 'instance', place.instanceNumber);
  return dicomFile(ctImageStorage, sopInstance, [
    ...patientAndStudy(place, 'CT'),
    ...seriesAndFrame(slice, place),
    [0x00080016, 'UI', ctImageStorage],
    [0x00080018, 'UI', sopInstance],
    ...imagePixels(slice, place.signedPixels),
  ]);
}

/** A report object as PACS exports mix them in: valid, and without an image. */
export function reportFile(key: string): Uint8Array {
  const sopInstance = uidOf(key, 'report');
  const place = { seriesKey: key, patientId: `PHANTOM-${key}`, seriesNumber: 99 };
  return dicomFile(basicTextSr, sopInstance, [
    ...patientAndStudy(place, 'SR'),
    [0x00080016, 'UI', basicTextSr],
    [0x00080018, 'UI', sopInstance],
    [0x00200013, 'IS', '1'],
    [0x0040a040, 'CS', 'CONTAINER'],
    [0x0040a050, 'CS', 'SEPARATE'],
    [0x0040a491, 'CS', 'COMPLETE'],
    [0x0040a493, 'CS', 'UNVERIFIED'],
  ]);
}

function patientAndStudy(
  place: Pick<SeriesPlace, 'seriesKey' | 'patientId' | 'seriesNumber'>,
  modality: string,
): readonly DataElement[] {
  return [
    [0x00080005, 'CS', 'ISO_IR 192'],
    [0x00080020, 'DA', '20240101'],
    [0x00080030, 'TM', '080000'],
    [0x00080050, 'SH', ''],
    [0x00080060, 'CS', modality],
    [0x00080070, 'LO', 'Hilum phantom generator'],
    [0x00080090, 'PN', ''],
    [0x0008103e, 'LO', 'Synthetic abdomen'],
    [0x00100010, 'PN', `Phantom^${place.patientId}`],
    [0x00100020, 'LO', place.patientId],
    [0x00100030, 'DA', ''],
    [0x00100040, 'CS', 'O'],
    [0x0020000d, 'UI', uidOf(place.patientId, 'study')],
    [0x0020000e, 'UI', uidOf(place.seriesKey, 'series')],
    [0x00200010, 'SH', '1'],
    [0x00200011, 'IS', `${place.seriesNumber}`],
  ];
}

function seriesAndFrame(slice: PhantomSlice, place: SeriesPlace): readonly DataElement[] {
  const { origin, right, down, pixelMm, plane } = slice.cut;
  const direction = [...right, ...down].map((mm) => decimal(mm / pixelMm));
  return [
    [0x00080008, 'CS', plane === 'axial' ? 'ORIGINAL\\PRIMARY\\AXIAL' : 'DERIVED\\SECONDARY\\REFORMATTED'],
    [0x00080023, 'DA', '20240101'],
    [0x00080033, 'TM', '080000'],
    [0x00180015, 'CS', 'ABDOMEN'],
    [0x00180050, 'DS', decimal(place.sliceStepMm)],
    [0x00180060, 'DS', '120'],
    [0x00185100, 'CS', 'HFS'],
    [0x00200012, 'IS', '1'],
    [0x00200013, 'IS', `${place.instanceNumber}`],
    [0x00200032, 'DS', origin.map(decimal).join('\\')],
    [0x00200037, 'DS', direction.join('\\')],
    [0x00200052, 'UI', uidOf(place.patientId, 'frame of reference')],
    [0x00201040, 'LO', ''],
    [0x00280030, 'DS', `${decimal(pixelMm)}\\${decimal(pixelMm)}`],
  ];
}

function imagePixels(slice: PhantomSlice, signed: boolean): readonly DataElement[] {
  const stored = new Uint8Array(slice.hu.length * 2);
  const view = new DataView(stored.buffer);
  slice.hu.forEach((hu, i) => {
    view.setUint16(2 * i, hu - interceptHu, true);
  });
  const bits = signed ? 16 : 12;
  return [
    [0x00280002, 'US', [1]],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', [slice.height]],
    [0x00280011, 'US', [slice.width]],
    [0x00280100, 'US', [16]],
    [0x00280101, 'US', [bits]],
    [0x00280102, 'US', [bits - 1]],
    [0x00280103, 'US', [signed ? 1 : 0]],
    [0x00281050, 'DS', '40'],
    [0x00281051, 'DS', '400'],
    [0x00281052, 'DS', `${interceptHu}`],
    [0x00281053, 'DS', '1'],
    [0x00281054, 'LO', 'HU'],
    [0x7fe00010, 'OW', stored],
  ];
}

/** Decimal String: at most 16 characters (PS3.5 table 6.2-1). */
function decimal(value: number): string {
  return `${Number(value.toFixed(6))}`;
}
