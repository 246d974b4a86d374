import { randomFrom } from '../domain/random.ts';
import type { Cut } from './canvas.ts';
import { addNoise } from './noise.ts';
import type { Patient } from './patient.ts';
import type { Scanner } from './scanner.ts';

const lowestHu = -1024;
const highestHu = 3071;

/**
 * What the scanner makes of the anatomy: shading, blur of the kernel, noise; rounded to whole HU, -1024..3071.
 * @param hu size x size values, changed
 * @param place z or y of the slice in mm; names its noise
 */
export function expose(
  patient: Patient,
  plane: Cut['plane'],
  place: number,
  hu: Float32Array,
  size: number,
): Int16Array {
  const { scanner } = patient;
  shade(hu, size, scanner);
  const blurred = soften(hu, size, 0.06 + 0.14 * scanner.softness);
  const random = randomFrom('phantom', patient.key, 'noise', plane, Math.round(place * 1000));
  addNoise(blurred, size, size, scanner.noiseHu, scanner.softness, random);
  return quantised(blurred);
}

/** What beam hardening correction leaves: a slow gradient and a darker middle, in proportion to density. */
function shade(hu: Float32Array, size: number, { cuppingHu, gradientHu }: Scanner): void {
  for (let row = 0; row < size; row++) {
    const v = (2 * row) / size - 1;
    for (let column = 0; column < size; column++) {
      const u = (2 * column) / size - 1;
      const i = row * size + column;
      const value = hu[i] ?? 0;
      const density = value > 0 ? 1 : (value + 1000) / 1000;
      const middle = Math.max(0, 1 - u * u - v * v);
      hu[i] = value + density * (0.5 * (gradientHu[0] * u + gradientHu[1] * v) - cuppingHu * middle);
    }
  }
}

/** Point spread of scanner and kernel: a 3-tap filter each way; a stone blooms by it. */
function soften(hu: Float32Array, size: number, side: number): Float32Array {
  const middle = 1 - 2 * side;
  const across = new Float32Array(hu.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const i = row * size + column;
      const left = hu[column > 0 ? i - 1 : i] ?? 0;
      const right = hu[column < size - 1 ? i + 1 : i] ?? 0;
      across[i] = middle * (hu[i] ?? 0) + side * (left + right);
    }
  }
  const result = new Float32Array(hu.length);
  for (let i = 0; i < hu.length; i++) {
    const up = across[i >= size ? i - size : i] ?? 0;
    const below = across[i + size < hu.length ? i + size : i] ?? 0;
    result[i] = middle * (across[i] ?? 0) + side * (up + below);
  }
  return result;
}

function quantised(hu: Float32Array): Int16Array {
  const result = new Int16Array(hu.length);
  for (let i = 0; i < hu.length; i++) {
    const value = Math.floor((hu[i] ?? 0) + 0.5);
    result[i] = value < lowestHu ? lowestHu : Math.min(value, highestHu);
  }
  return result;
}

/** Grey 0..255 of the soft-tissue window, centre 40 HU, size 400 HU. */
export function softTissueGrey(hu: Int16Array): Uint8Array {
  const grey = new Uint8Array(hu.length);
  for (let i = 0; i < hu.length; i++) {
    const value = Math.floor((((hu[i] ?? 0) + 160) * 255) / 400 + 0.5);
    grey[i] = value < 0 ? 0 : Math.min(value, 255);
  }
  return grey;
}
