/** Values as a .npy file (format version 1.0, C order). Source: numpy.lib.format. */
export function toNpy(data: Float32Array | Uint8Array, shape: readonly number[]): Uint8Array {
  const kind = data instanceof Float32Array ? '<f4' : '|u1';
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const magic = 10;
  const padded = Math.ceil((magic + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(padded + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, padded - magic, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(padded - magic - 1)}\n`), magic);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), padded);
  return bytes;
}
