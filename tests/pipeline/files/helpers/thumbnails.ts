import { type Random, randomFrom } from '../../../../src/pipeline/domain/random.ts';

const size = 48;

/** Box average of a grey picture to 48x48. */
export function thumbnailOf(pixels: ArrayLike<number>, width: number, height: number): Float32Array {
  const result = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const [top, bottom] = [(y * height) / size, ((y + 1) * height) / size];
    for (let x = 0; x < size; x++) {
      const [left, right] = [(x * width) / size, ((x + 1) * width) / size];
      let sum = 0;
      let area = 0;
      for (let v = Math.floor(top); v < Math.ceil(bottom); v++) {
        const tall = Math.min(bottom, v + 1) - Math.max(top, v);
        for (let u = Math.floor(left); u < Math.ceil(right); u++) {
          const weight = tall * (Math.min(right, u + 1) - Math.max(left, u));
          sum += weight * (pixels[v * width + u] ?? 0);
          area += weight;
        }
      }
      result[y * size + x] = sum / area;
    }
  }
  return result;
}

/** Sum of random smooth bumps: a picture of its own that neighbours share. */
export function smoothPattern(random: Random, bumps = 24): Float32Array {
  const result = new Float32Array(size * size);
  for (let b = 0; b < bumps; b++) {
    const [cx, cy, r] = [random.next() * size, random.next() * size, 2 + random.next() * 8];
    const height = random.normal();
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const at = y * size + x;
        result[at] = (result[at] ?? 0) + height * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r));
      }
    }
  }
  return result;
}

/** A picture like nothing else. */
export function noiseThumbnail(seed: string): Float32Array {
  const random = randomFrom('noise', seed);
  return Float32Array.from({ length: size * size }, () => random.normal());
}

/** Slices of one made-up scan: each blends its base with the next one's and a little noise, so neighbours correlate. */
export function scanThumbnails(seed: string, slices: number): Float32Array[] {
  const random = randomFrom('scan', seed);
  const [from, to] = [smoothPattern(random), smoothPattern(random)];
  return Array.from({ length: slices }, (_, i) => {
    const t = Math.min(1, 0.03 * i);
    return from.map((value, k) => (1 - t) * value + t * (to[k] ?? 0) + 0.01 * random.normal() + 10);
  });
}

/** Pearson correlation in 64 bits, written as plainly as possible. */
export function correlate(a: Float32Array, b: Float32Array): number {
  const mean = (v: Float32Array): number => v.reduce((sum, x) => sum + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] ?? 0) - ma, (b[i] ?? 0) - mb];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
