import type { DecodedImage, Domain } from '../domain/image.ts';
import { findings } from './anatomy/findings.ts';
import { phantomPatient } from './patient.ts';
import { axialSlice, coronalSlice, softTissueGrey } from './slice.ts';

const size = 256;

/**
 * A synthetic picture by seed, 256x256, the same bytes on every machine; input of the golden self-test of sealed models.
 * `display`: grey 0..255 at centre 40 HU, width 400 HU. `hounsfield`: HU.
 */
export function goldenImage(seed: number, domain: Domain): DecodedImage {
  const finding = findings[Math.abs(Math.trunc(seed)) % findings.length] ?? 'Normal';
  const patient = phantomPatient(`golden ${seed}`, finding);
  const plane = Math.trunc(seed / findings.length) % 2 === 0 ? 'axial' : 'coronal';
  const slice =
    plane === 'axial'
      ? axialSlice(patient, patient.site.center[2], size)
      : coronalSlice(patient, patient.site.coronalY, size);
  const shared = { width: size, height: size, white: 255, plane } as const;
  return domain === 'display'
    ? { ...shared, domain, pixels: softTissueGrey(slice.hu) }
    : { ...shared, domain, pixels: slice.hu };
}
