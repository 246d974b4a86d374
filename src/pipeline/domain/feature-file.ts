/**
 * The file of the feature cache. Header: magic, SHA-256 of the key, dimensions (u32), 0 (u32). Then records: pixel hash,
 * float32 × dimensions, CRC-32 of both. All numbers little-endian.
 */
export const featureFile = {
  magic: 'HILUMFC1',
  /** Where the dimensions stand in the header. */
  dimensionsAt: 40,
  headerBytes: 48,
  hashBytes: 32,
  checksumBytes: 4,
} as const;

export function featureRecordBytes(dimensions: number): number {
  return featureFile.hashBytes + dimensions * Float32Array.BYTES_PER_ELEMENT + featureFile.checksumBytes;
}

/** @param keyHash SHA-256 of the cache's key, hexadecimal */
export function featureFileName(keyHash: string): string {
  return `${keyHash}.features`;
}
