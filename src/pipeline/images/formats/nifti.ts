import type { ImageFormat } from '../format.ts';
import { inflatedHead } from '../inflate.ts';

export const nifti: ImageFormat = {
  format: 'nifti',
  family: 'medical',
  extensions: ['.nii', '.nii.gz'],
  matches: (bytes) => hasNiftiMagic(isGzip(bytes) ? inflatedHead(bytes) : bytes),
  open: async (bytes) => (await import('./nifti/open.ts')).openNifti(bytes, isGzip(bytes)),
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** NIfTI-1 or NIfTI-2 in either byte order: header size at 0, magic `n+1`/`ni1` at 344 or `n+2`/`ni2` at 4. */
function hasNiftiMagic(bytes: Uint8Array): boolean {
  const little = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const size = little === 0 ? ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0) : little;
  const at = size === 348 ? 344 : size === 540 ? 4 : undefined;
  if (at === undefined || bytes[at] !== 0x6e) return false;
  const kind = bytes[at + 1];
  return (kind === 0x2b || kind === 0x69) && (bytes[at + 2] === 0x31 || bytes[at + 2] === 0x32);
}
