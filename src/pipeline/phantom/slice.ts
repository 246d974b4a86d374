import { blankCanvas, type Cut } from './canvas.ts';
import { axialCut, coronalCut } from './cuts.ts';
import { expose } from './exposure.ts';
import type { Patient } from './patient.ts';

/** One cut: CT numbers and the truth mask (values in `labels`), row-major. */
export interface PhantomSlice {
  readonly hu: Int16Array;
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly cut: Cut;
}

/** @param z mm, positive to the head; 0 is kidney height. @param size pixels of each side */
export function axialSlice(patient: Patient, z: number, size: number): PhantomSlice {
  return slice(patient, axialCut(patient, z, size), z, size);
}

/** @param y mm, positive to the back; 0 is the middle of the body. @param size pixels of each side */
export function coronalSlice(patient: Patient, y: number, size: number): PhantomSlice {
  return slice(patient, coronalCut(patient, y, size), y, size);
}

function slice(patient: Patient, cut: Cut, place: number, size: number): PhantomSlice {
  const canvas = blankCanvas(cut, size, size);
  for (const layer of patient.layers) layer(canvas);
  const hu = expose(patient, cut.plane, place, canvas.hu, size);
  return { hu, labels: canvas.labels, width: size, height: size, cut };
}
