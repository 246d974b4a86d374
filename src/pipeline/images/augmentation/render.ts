import { randomFrom } from '../../domain/random.ts';
import type { Changes } from './changes.ts';
import { type GreyPlanes, greySteps } from './grey-planes.ts';

/** How grey becomes the network's numbers: (grey - mean) / std. */
export interface ValueRange {
  readonly mean: number;
  readonly std: number;
}

/**
 * A picture with its changes, in this order: one affine resample (bilinear, black around the picture) → window jitter → noise →
 * cut-out → (grey - mean) / std. Without changes these are the contract's own numbers, to 1/512 of a grey level.
 * @param out takes size x size x 3 values from `offset` on
 */
export function renderPicture(
  picture: GreyPlanes,
  changes: Changes,
  { mean, std }: ValueRange,
  out: Float32Array,
  offset: number,
): void {
  const { size, planes } = picture;
  const grey = moved(picture, changes);
  rewindow(grey, picture.margin, changes);
  if (changes.noise > 0) addNoise(grey, changes);
  cutOut(grey, size, planes, changes.cut);
  const copies = 3 / planes;
  for (let i = 0, at = offset; i < grey.length; i++) {
    const value = ((grey[i] ?? 0) - mean) / std;
    for (let copy = 0; copy < copies; copy++) out[at++] = value;
  }
}

/** Grey levels after shift, rotation, zoom and mirror. */
function moved({ size, planes, values }: GreyPlanes, changes: Changes): Float32Array {
  const { shiftX, shiftY, radians, zoom, mirrored } = changes;
  const out = new Float32Array(values.length);
  if (shiftX === 0 && shiftY === 0 && radians === 0 && zoom === 1 && !mirrored) {
    for (let i = 0; i < out.length; i++) out[i] = (values[i] ?? 0) / greySteps;
    return out;
  }
  // From a pixel of the result back to where it comes from, about the centre.
  const centre = (size - 1) / 2;
  const cos = Math.cos(radians) / zoom;
  const sin = Math.sin(radians) / zoom;
  const side = mirrored ? -1 : 1;
  for (let y = 0, at = 0; y < size; y++) {
    const dy = y - centre - shiftY * size;
    for (let x = 0; x < size; x++) {
      const dx = x - centre - shiftX * size;
      const fromX = centre + side * (cos * dx + sin * dy);
      const fromY = centre + cos * dy - sin * dx;
      for (let plane = 0; plane < planes; plane++) out[at++] = sample(values, size, planes, plane, fromX, fromY);
    }
  }
  return out;
}

/** Bilinear; outside lies black. */
function sample(values: Uint16Array, size: number, planes: number, plane: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const down = y - top;
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= size || row >= size ? 0 : (values[(row * size + column) * planes + plane] ?? 0);
  const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
  const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
  return (upper * (1 - down) + lower * down) / greySteps;
}

/**
 * From the window that the planes were taken with to the contract's own, or a jittered one. Of a display picture the darkest grey
 * stays black: what lies below its window is not in the file, and air is never grey.
 */
function rewindow(grey: Float32Array, margin: number, { windowCenter, windowWidth }: Changes): void {
  if (margin === 0 && windowCenter === 0 && windowWidth === 0) return;
  const width = 255 * (1 + windowWidth);
  const black = 127.5 + 255 * windowCenter - width / 2;
  const white = black + width;
  const low = margin === 0 ? Math.max(0, black) : black;
  const gain = 255 / (white - low);
  const wide = 1 + 2 * margin;
  const shift = -255 * margin - low;
  for (let i = 0; i < grey.length; i++) {
    grey[i] = Math.min(Math.max(((grey[i] ?? 0) * wide + shift) * gain, 0), 255);
  }
}

function addNoise(grey: Float32Array, { noise, noiseKey }: Changes): void {
  const random = randomFrom(...noiseKey);
  for (let i = 0; i < grey.length; i += 2) {
    // Both halves of Box-Muller: this is the inner loop of every augmented picture.
    const radius = noise * Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    grey[i] = Math.min(Math.max((grey[i] ?? 0) + radius * Math.cos(angle), 0), 255);
    // An odd length: writing past the end of a typed array does nothing.
    grey[i + 1] = Math.min(Math.max((grey[i + 1] ?? 0) + radius * Math.sin(angle), 0), 255);
  }
}

function cutOut(grey: Float32Array, size: number, planes: number, { left, top, side }: Changes['cut']): void {
  const [fromX, fromY] = [Math.round(left * size), Math.round(top * size)];
  const length = Math.round(side * size);
  if (length === 0) return;
  for (let y = fromY; y < Math.min(size, fromY + length); y++) {
    grey.fill(0, (y * size + fromX) * planes, (y * size + Math.min(size, fromX + length)) * planes);
  }
}
