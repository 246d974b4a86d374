import type { Cut } from './canvas.ts';
import { cosine, sine } from './numbers.ts';
import type { Patient } from './patient.ts';

/** Where an axial picture at height z (mm) lies. */
export function axialCut(patient: Patient, z: number, size: number): Cut {
  const { axialFovMm, axialMiddle, axialRoll } = patient.scanner;
  const pixelMm = axialFovMm / size;
  const [c, s] = [cosine(axialRoll) * pixelMm, sine(axialRoll) * pixelMm];
  const half = (size - 1) / 2;
  return {
    plane: 'axial',
    origin: [axialMiddle[0] - half * (c - s), axialMiddle[1] - half * (s + c), z],
    right: [c, s, 0],
    down: [-s, c, 0],
    pixelMm,
  };
}

/** Where a coronal picture at depth y (mm) lies. */
export function coronalCut(patient: Patient, y: number, size: number): Cut {
  const { coronalFovMm, coronalMiddle, coronalRoll } = patient.scanner;
  const pixelMm = coronalFovMm / size;
  const [c, s] = [cosine(coronalRoll) * pixelMm, sine(coronalRoll) * pixelMm];
  const half = (size - 1) / 2;
  return {
    plane: 'coronal',
    origin: [coronalMiddle[0] - half * (c - s), y, coronalMiddle[1] + half * (s + c)],
    right: [c, 0, -s],
    down: [-s, 0, -c],
    pixelMm,
  };
}
