import type { Hash } from 'node:crypto';
import { Transform } from 'node:stream';

/** Lets bytes through and hashes them on the way. */
export function hashing(hash: Hash): Transform {
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      done(null, piece);
    },
  });
}
