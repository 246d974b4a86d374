import type { DecodedImage, Domain } from '../domain/image.ts';
import { findings } from './anatomy/findings.ts';
import { blankCanvas } from './canvas.ts';
import { axialCut, coronalCut } from './cuts.ts';
import { expose, softTissueGrey } from './exposure.ts';
import { phantomPatient } from './patient.ts';

const size = 256;
/** Anatomy is painted at half size and enlarged: a model is loaded for each job, and its self-test must not be felt. */
const paintedSize = size / 2;

/**
 * A synthetic picture by seed, 256x256, the same bytes on every machine; input of the golden self-test of sealed models.
 * `display`: grey 0..255 at centre 40 HU, width 400 HU. `hounsfield`: HU.
 */
export function goldenImage(seed: number, domain: Domain): DecodedImage {
  const finding = findings[Math.abs(Math.trunc(seed)) % findings.length] ?? 'Normal';
  const patient = phantomPatient(`golden ${seed}`, finding);
  const plane = Math.trunc(seed / findings.length) % 2 === 0 ? 'axial' : 'coronal';
  const place = plane === 'axial' ? patient.site.center[2] : patient.site.coronalY;
  const cut = plane === 'axial' ? axialCut(patient, place, paintedSize) : coronalCut(patient, place, paintedSize);
  const canvas = blankCanvas(cut, paintedSize, paintedSize);
  for (const layer of patient.layers) layer(canvas);
  const hu = expose(patient, plane, place, enlarged(canvas.hu), size);
  const shared = { width: size, height: size, white: 255, plane } as const;
  return domain === 'display' ? { ...shared, domain, pixels: softTissueGrey(hu) } : { ...shared, domain, pixels: hu };
}

/** Twice the size, bilinear between pixel centres (weights 1/4 and 3/4). */
function enlarged(from: Float32Array): Float32Array {
  const to = new Float32Array(size * size);
  const last = paintedSize - 1;
  for (let row = 0; row < size; row++) {
    const near = (row >> 1) * paintedSize;
    const far = Math.min(last, Math.max(0, (row >> 1) + (row % 2 === 0 ? -1 : 1))) * paintedSize;
    for (let column = 0; column < size; column++) {
      const i = column >> 1;
      const j = Math.min(last, Math.max(0, i + (column % 2 === 0 ? -1 : 1)));
      const above = 0.75 * (from[near + i] ?? 0) + 0.25 * (from[near + j] ?? 0);
      const below = 0.75 * (from[far + i] ?? 0) + 0.25 * (from[far + j] ?? 0);
      to[row * size + column] = 0.75 * above + 0.25 * below;
    }
  }
  return to;
}
