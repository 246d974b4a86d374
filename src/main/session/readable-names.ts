import { extname } from 'node:path';

/** Endings of what the program reads; content decides in the end, this only decides what a list of files shows. */
const endings: ReadonlySet<string> = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.tif',
  '.tiff',
  '.dcm',
  '.dicom',
  '.ima',
  '.nii',
  '.gz',
  '.zip',
]);

/**
 * Whether a file of this name may be an image or an archive of images. DICOM files often have no ending, or a number that
 * belongs to their UID.
 */
export function looksReadable(name: string): boolean {
  const ending = extname(name).toLowerCase();
  if (ending === '.gz') return name.toLowerCase().endsWith('.nii.gz');
  return endings.has(ending) || ending === '' || /^\.\d+$/.test(ending);
}
