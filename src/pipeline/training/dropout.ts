import { randomFrom } from '../domain/random.ts';

/** Chances are compared at 16 bits: two of them come from one 32-bit word. */
const lanes = 2 ** 16;

/**
 * As `featureMask`, but the last column, which carries the bias, is always 1.
 * @returns [rows, width], row-major
 */
export function dropoutMask(
  rate: number,
  rows: number,
  width: number,
  seed: number,
  epoch: number,
  step: number,
): Float32Array {
  const mask = featureMask(rate, rows, width, seed, epoch, step);
  for (let last = width - 1; last < mask.length; last += width) mask[last] = 1;
  return mask;
}

/**
 * Inverted dropout mask (Srivastava et al. 2014): 0 with probability `rate`, else 1 / (1 - rate). The mask depends on seed, epoch
 * and step alone, so a resumed run draws the same ones.
 * @returns [rows, width], row-major
 */
export function featureMask(
  rate: number,
  rows: number,
  width: number,
  seed: number,
  epoch: number,
  step: number,
): Float32Array {
  const random = randomFrom(seed, 'dropout', epoch, step);
  const key = random.below(2 ** 32) | 0;
  const secondKey = random.below(2 ** 32) | 0;
  const dropped = Math.round(rate * lanes);
  const kept = 1 / (1 - dropped / lanes);
  const mask = new Float32Array(rows * width);
  for (let i = 0; i < mask.length; i += 2) {
    const word = keyedWord(key, secondKey, i);
    mask[i] = (word & 0xffff) < dropped ? 0 : kept;
    // An odd length: writing past the end of a typed array does nothing.
    mask[i + 1] = word >>> 16 < dropped ? 0 : kept;
  }
  return mask;
}

/**
 * MurmurHash3's 32-bit finaliser (Appleby) over a keyed counter. A mask is a million words an epoch: this is a fifth of the
 * time of a generator that carries state. The second key keeps two steps from being shifts of one sequence.
 */
function keyedWord(key: number, secondKey: number, counter: number): number {
  let word = (key + Math.imul(counter, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b) ^ secondKey;
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
