import { type Random, randomFrom } from '../domain/random.ts';
import type { Blend } from './loop-types.ts';

/**
 * Pairs and shares of mixup (Zhang et al. 2018): partners are the batch in another order, shares come from Beta(alpha, alpha).
 * They depend on seed, epoch and step alone, so a resumed run blends the same pairs.
 * @param alpha above 0, at most 1
 */
export function blendOf(alpha: number, rows: number, seed: number, epoch: number, step: number): Blend {
  const random = randomFrom(seed, 'mixup', epoch, step);
  const places = Array.from({ length: rows }, (_, i) => i);
  return {
    partners: Int32Array.from(random.shuffled(places)),
    shares: Float32Array.from(places, () => betaOf(alpha, random)),
  };
}

/**
 * Beta(alpha, alpha) by Jöhnk's rejection (1964), which is exact for alpha <= 1: u^(1/alpha) and v^(1/alpha) are kept when their
 * sum is at most 1. In logarithms, because a small alpha underflows otherwise.
 */
function betaOf(alpha: number, random: Random): number {
  for (;;) {
    const x = Math.log(1 - random.next()) / alpha;
    const y = Math.log(1 - random.next()) / alpha;
    const top = Math.max(x, y);
    const sum = top + Math.log(Math.exp(x - top) + Math.exp(y - top));
    if (sum <= 0) return Math.exp(x - sum);
  }
}

/** @param values [rows, width], blended in a new array */
export function blendRows(values: Float32Array, rows: number, { partners, shares }: Blend): Float32Array {
  const width = values.length / rows;
  const blended = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const share = shares[row] ?? 1;
    const own = row * width;
    const other = (partners[row] ?? row) * width;
    for (let i = 0; i < width; i++) {
      blended[own + i] = share * (values[own + i] ?? 0) + (1 - share) * (values[other + i] ?? 0);
    }
  }
  return blended;
}
