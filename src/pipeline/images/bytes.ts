/** The same memory without Node's Buffer methods: Buffer.slice shares where Uint8Array.slice copies. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return Buffer.isBuffer(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes;
}
