/** Value of one data element: text (backslash between values), unsigned 16-bit numbers, or bytes as they are. */
export type ElementValue = string | readonly number[] | Uint8Array;
/** Tag (group * 65536 + element), value representation, value. */
export type DataElement = readonly [tag: number, vr: string, value: ElementValue];

const longForm = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);
const paddedWithNull = new Set(['UI', 'OB', 'UN']);
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
/** Implementation Class UID of files that this writer makes. */
const implementationClassUid = '2.25.278813574211203649511838370211954861075';

/**
 * A DICOM file (PS3.10): zero preamble, group-2 header, dataset in explicit VR little endian.
 * @param elements the dataset, in any order; each tag once
 */
export function dicomFile(sopClassUid: string, sopInstanceUid: string, elements: readonly DataElement[]): Uint8Array {
  const meta = encodeElements([
    [0x00020001, 'OB', Uint8Array.of(0, 1)],
    [0x00020002, 'UI', sopClassUid],
    [0x00020003, 'UI', sopInstanceUid],
    [0x00020010, 'UI', explicitLittleEndian],
    [0x00020012, 'UI', implementationClassUid],
    [0x00020013, 'SH', 'HILUM_PHANTOM'],
  ]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, meta.length, true);
  const metaLength = Buffer.from([0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 0x04, 0x00, ...length]);
  const sorted = [...elements].sort((a, b) => a[0] - b[0]);
  return Buffer.concat([new Uint8Array(128), Buffer.from('DICM'), metaLength, meta, encodeElements(sorted)]);
}

function encodeElements(elements: readonly DataElement[]): Uint8Array {
  return Buffer.concat(elements.flatMap(([tag, vr, value]) => encodeElement(tag, vr, value)));
}

function encodeElement(tag: number, vr: string, value: ElementValue): readonly Uint8Array[] {
  const bytes = valueBytes(vr, value);
  const header = Buffer.alloc(longForm.has(vr) ? 12 : 8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  header.write(vr, 4, 'latin1');
  if (longForm.has(vr)) header.writeUInt32LE(bytes.length, 8);
  else header.writeUInt16LE(bytes.length, 6);
  return [header, bytes];
}

/** Value fields have even length (PS3.5 section 7.1.1). */
function valueBytes(vr: string, value: ElementValue): Uint8Array {
  const raw =
    typeof value === 'string'
      ? Buffer.from(value, 'utf8')
      : value instanceof Uint8Array
        ? value
        : new Uint8Array(Uint16Array.from(value).buffer);
  if (raw.length % 2 === 0) return raw;
  return Buffer.concat([raw, Buffer.from(paddedWithNull.has(vr) ? '\0' : ' ')]);
}
