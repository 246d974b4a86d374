import { randomFrom } from '../domain/random.ts';
import { blankCanvas, type Canvas, type Cut } from './canvas.ts';
import { addNoise } from './noise.ts';
import { cosine, sine } from './numbers.ts';
import type { Patient } from './patient.ts';

/** One cut: CT numbers and the truth mask (values in `labels`), row-major. */
export interface PhantomSlice {
  readonly hu: Int16Array;
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly cut: Cut;
}

const lowestHu = -1024;
const highestHu = 3071;

/** @param z mm, positive to the head; 0 is kidney height. @param size pixels of each side */
export function axialSlice(patient: Patient, z: number, size: number): PhantomSlice {
  return render(patient, axialCut(patient, z, size), size, z);
}

/** @param y mm, positive to the back; 0 is the middle of the body. @param size pixels of each side */
export function coronalSlice(patient: Patient, y: number, size: number): PhantomSlice {
  return render(patient, coronalCut(patient, y, size), size, y);
}

function axialCut(patient: Patient, z: number, size: number): Cut {
  const { axialFovMm, axialMiddle, axialRoll } = patient.scanner;
  const pixelMm = axialFovMm / size;
  const [c, s] = [cosine(axialRoll) * pixelMm, sine(axialRoll) * pixelMm];
  const half = (size - 1) / 2;
  return {
    plane: 'axial',
    origin: [axialMiddle[0] - half * (c - s), axialMiddle[1] - half * (s + c), z],
    right: [c, s, 0],
    down: [-s, c, 0],
    pixelMm,
  };
}

function coronalCut(patient: Patient, y: number, size: number): Cut {
  const { coronalFovMm, coronalMiddle, coronalRoll } = patient.scanner;
  const pixelMm = coronalFovMm / size;
  const [c, s] = [cosine(coronalRoll) * pixelMm, sine(coronalRoll) * pixelMm];
  const half = (size - 1) / 2;
  return {
    plane: 'coronal',
    origin: [coronalMiddle[0] - half * (c - s), y, coronalMiddle[1] + half * (s + c)],
    right: [c, 0, -s],
    down: [-s, 0, -c],
    pixelMm,
  };
}

function render(patient: Patient, cut: Cut, size: number, place: number): PhantomSlice {
  const canvas = blankCanvas(cut, size, size);
  for (const layer of patient.layers) layer(canvas);
  const { scanner } = patient;
  shade(canvas, scanner.cuppingHu, scanner.gradientHu);
  const hu = soften(canvas, 0.06 + 0.14 * scanner.softness);
  const random = randomFrom('phantom', patient.key, 'noise', cut.plane, Math.round(place * 1000));
  addNoise(hu, size, size, scanner.noiseHu, scanner.softness, random);
  return { hu: quantised(hu), labels: canvas.labels, width: size, height: size, cut };
}

/** What beam hardening correction leaves: a slow gradient and a darker middle, in proportion to density. */
function shade(canvas: Canvas, cuppingHu: number, gradientHu: readonly [number, number]): void {
  const { width, height, hu } = canvas;
  for (let row = 0; row < height; row++) {
    const v = (2 * row) / height - 1;
    for (let column = 0; column < width; column++) {
      const u = (2 * column) / width - 1;
      const i = row * width + column;
      const value = hu[i] ?? 0;
      const density = value > 0 ? 1 : (value + 1000) / 1000;
      const middle = Math.max(0, 1 - u * u - v * v);
      hu[i] = value + density * (0.5 * (gradientHu[0] * u + gradientHu[1] * v) - cuppingHu * middle);
    }
  }
}

/** Point spread of scanner and kernel: a 3-tap filter each way; a stone blooms by it. */
function soften(canvas: Canvas, side: number): Float32Array {
  const { width, height, hu } = canvas;
  const middle = 1 - 2 * side;
  const across = new Float32Array(hu.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = row * width + column;
      const left = hu[column > 0 ? i - 1 : i] ?? 0;
      const right = hu[column < width - 1 ? i + 1 : i] ?? 0;
      across[i] = middle * (hu[i] ?? 0) + side * (left + right);
    }
  }
  const result = new Float32Array(hu.length);
  for (let i = 0; i < hu.length; i++) {
    const up = across[i >= width ? i - width : i] ?? 0;
    const below = across[i + width < hu.length ? i + width : i] ?? 0;
    result[i] = middle * (across[i] ?? 0) + side * (up + below);
  }
  return result;
}

function quantised(hu: Float32Array): Int16Array {
  const result = new Int16Array(hu.length);
  for (let i = 0; i < hu.length; i++) {
    const value = Math.floor((hu[i] ?? 0) + 0.5);
    result[i] = value < lowestHu ? lowestHu : value > highestHu ? highestHu : value;
  }
  return result;
}

/** Grey 0..255 of the soft-tissue window, centre 40 HU, width 400 HU. */
export function softTissueGrey(hu: Int16Array): Uint8Array {
  const grey = new Uint8Array(hu.length);
  for (let i = 0; i < hu.length; i++) {
    const value = Math.floor((((hu[i] ?? 0) + 160) * 255) / 400 + 0.5);
    grey[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return grey;
}
