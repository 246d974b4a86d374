import type { ImageFormat } from '../format.ts';
import { looksLikeDicom } from './dicom/sniff.ts';

export const dicom: ImageFormat = {
  format: 'dicom',
  family: 'medical',
  extensions: ['.dcm', '.dicom'],
  matches: looksLikeDicom,
  // Parser and codecs are loaded by the first DICOM file: a folder of JPEGs never pays for them.
  open: async (bytes) => (await import('./dicom/open.ts')).openDicom(bytes),
};
