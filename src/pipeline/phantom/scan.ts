import type { Patient } from './patient.ts';
import { axialSlice, coronalSlice, type PhantomSlice } from './slice.ts';

/** Widest steps between neighbouring slices; wider ones stop looking alike (coronal ones pass from spine to vessels). */
const widestAxialStepMm = 3;
const widestCoronalStepMm = 0.8;

/** Heights of axial slices around the site, from the head down. */
export function axialPlaces(patient: Patient, count: number): readonly number[] {
  const { center } = patient.site;
  return places(center[2], reachOf(patient), count, widestAxialStepMm).map((z) => -z + 2 * center[2]);
}

/** Depths of coronal slices around the site, from front to back. */
export function coronalPlaces(patient: Patient, count: number): readonly number[] {
  return places(patient.site.coronalY, Math.min(11, reachOf(patient)), count, widestCoronalStepMm);
}

/** Half the range of the slices: most of them meet the finding, all of them a kidney. */
function reachOf(patient: Patient): number {
  return patient.finding === 'Stone' ? 11 : Math.min(17, 0.8 * patient.site.radiusMm);
}

function places(middle: number, reach: number, count: number, widestStepMm: number): readonly number[] {
  const step = count < 2 ? 0 : Math.min(widestStepMm, (2 * reach) / (count - 1));
  return Array.from({ length: count }, (_, i) => middle + step * (i - (count - 1) / 2));
}

export interface PlacedSlice {
  readonly plane: 'axial' | 'coronal';
  readonly slice: PhantomSlice;
}

/** One patient's slices in the order of the Kaggle files: axial ones, then coronal ones. Rendered one at a time. */
export function* scanSlices(patient: Patient, axial: number, coronal: number, size: number): Generator<PlacedSlice> {
  for (const z of axialPlaces(patient, axial)) yield { plane: 'axial', slice: axialSlice(patient, z, size) };
  for (const y of coronalPlaces(patient, coronal)) yield { plane: 'coronal', slice: coronalSlice(patient, y, size) };
}
