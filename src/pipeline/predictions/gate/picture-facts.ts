/** Facts of a picture that cost nothing beside the network, in the order that they are computed in. */
export const pictureFacts = ['dark', 'saturated', 'entropy', 'edges', 'detail'] as const;

const darkGrey = 20;
const saturatedGrey = 250;
const bins = 32;

/** The network's input of one picture. */
export interface InputPlane {
  /** size × size × planes values (grey - mean) / std. */
  readonly values: Float32Array;
  readonly planes: 1 | 3;
  readonly size: number;
  readonly mean: number;
  readonly std: number;
}

/**
 * Share of dark and of saturated pixels, entropy of the greys in bits, and logarithms of the mean difference between
 * neighbours and of the mean second difference. Of the first plane.
 */
export function factsOfInput(input: InputPlane): Float64Array {
  const { size } = input;
  const grey = greys(input);
  const counts = new Float64Array(bins);
  let dark = 0;
  let saturated = 0;
  let edges = 0;
  let detail = 0;
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const here = grey[i] ?? 0;
      if (here <= darkGrey) dark++;
      if (here >= saturatedGrey) saturated++;
      const bin = Math.floor((here * bins) / 256);
      counts[bin] = (counts[bin] ?? 0) + 1;
      const right = x + 1 < size ? (grey[i + 1] ?? 0) : here;
      const below = y + 1 < size ? (grey[i + size] ?? 0) : here;
      const left = x > 0 ? (grey[i - 1] ?? 0) : here;
      const above = y > 0 ? (grey[i - size] ?? 0) : here;
      edges += (Math.abs(right - here) + Math.abs(below - here)) / 2;
      detail += Math.abs(4 * here - right - below - left - above);
    }
  }
  const pixels = size * size;
  return Float64Array.of(
    dark / pixels,
    saturated / pixels,
    entropyOf(counts, pixels),
    Math.log1p(edges / pixels),
    Math.log1p(detail / pixels),
  );
}

function greys({ values, planes, size, mean, std }: InputPlane): Uint8ClampedArray {
  // Clamps and rounds: a resampled grey may lie a hair outside 0..255.
  const grey = new Uint8ClampedArray(size * size);
  for (let i = 0; i < grey.length; i++) grey[i] = (values[i * planes] ?? 0) * std + mean;
  return grey;
}

function entropyOf(counts: Float64Array, total: number): number {
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / total) * Math.log2(count / total);
  return entropy;
}
