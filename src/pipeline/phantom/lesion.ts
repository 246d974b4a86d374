import type { DecodedImage, Domain } from '../domain/image.ts';
import type { Finding } from './anatomy/findings.ts';
import { labels } from './canvas.ts';
import { softTissueGrey } from './exposure.ts';
import { phantomPatient } from './patient.ts';
import { axialSlice } from './slice.ts';

/** A synthetic axial picture and where its finding lies. */
export interface LesionPicture {
  readonly finding: Finding;
  readonly image: DecodedImage;
  /** 1 on the finding, 0 elsewhere; all 0 for Normal. Row-major, as large as the picture. */
  readonly lesion: Uint8Array;
}

const lesionLabels: Record<Finding, number> = {
  Normal: -1,
  Cyst: labels.cyst,
  Tumor: labels.tumour,
  Stone: labels.stone,
};

/**
 * The slice through the middle of a patient's finding (of where it would be, for Normal), the same bytes on every machine.
 * `display`: grey 0..255 at centre 40 HU, width 400 HU. `hounsfield`: HU.
 * @param seed names a patient that `writePhantom` never draws
 */
export function lesionPicture(seed: number, finding: Finding, domain: Domain, size = 256): LesionPicture {
  const patient = phantomPatient(`lesion ${seed}`, finding);
  const { hu, labels: truth } = axialSlice(patient, patient.site.center[2], size);
  const shared = { width: size, height: size, white: 255, plane: 'axial' } as const;
  const image: DecodedImage =
    domain === 'display' ? { ...shared, domain, pixels: softTissueGrey(hu) } : { ...shared, domain, pixels: hu };
  const label = lesionLabels[finding];
  return { finding, image, lesion: truth.map((value) => (value === label ? 1 : 0)) };
}
