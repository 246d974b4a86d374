import { createHash } from 'node:crypto';

/** A UID below 2.25 (PS3.5 annex B.2): 128 bits of the name's SHA-256, marked as a UUID, in decimal. Equal names give equal UIDs. */
export function uidOf(...name: readonly (string | number)[]): string {
  const digest = createHash('sha256')
    .update(`hilum phantom\0${name.join('\0')}`)
    .digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return `2.25.${BigInt(`0x${digest.toString('hex', 0, 16)}`)}`;
}
