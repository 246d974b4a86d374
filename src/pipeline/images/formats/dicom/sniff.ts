const hasPrefix = (bytes: Uint8Array): boolean =>
  bytes.length >= 132 && bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;

/** Whether the bytes begin with a DICOM data set: the DICM prefix, or (old files without it) an element of group 0002 or 0008. */
export function looksLikeDicom(bytes: Uint8Array): boolean {
  return hasPrefix(bytes) || bareSyntax(bytes) !== undefined;
}

/** Transfer syntax of a data set without preamble, guessed from its first element: explicit VR letters or an implicit length. */
export function bareSyntax(bytes: Uint8Array): string | undefined {
  if (hasPrefix(bytes) || bytes.length < 16) return undefined;
  const little = (bytes[0] === 2 || bytes[0] === 8) && bytes[1] === 0 && bytes[3] === 0;
  const big = bytes[0] === 0 && (bytes[1] === 2 || bytes[1] === 8) && bytes[2] === 0;
  if (!little && !big) return undefined;
  const explicit = isVr(bytes[4], bytes[5]);
  if (explicit) return big ? '1.2.840.10008.1.2.2' : '1.2.840.10008.1.2.1';
  const length = (bytes[4] ?? 0) | ((bytes[5] ?? 0) << 8) | ((bytes[6] ?? 0) << 16);
  return little && bytes[7] === 0 && length <= 64 ? '1.2.840.10008.1.2' : undefined;
}

const vrs = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(' '),
);

function isVr(first: number | undefined, second: number | undefined): boolean {
  return vrs.has(String.fromCharCode(first ?? 0, second ?? 0));
}
