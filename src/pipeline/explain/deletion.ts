import type { Random } from '../domain/random.ts';
import { type Grid, hottest, resized } from './grid.ts';

/** One image as the network gets it: rows, columns, planes. */
export interface NetworkInput {
  readonly size: number;
  readonly planes: number;
  readonly values: Float32Array;
}

/** Cells of a random pattern: blobs about as large as what a heat map marks. */
const patternCells = 6;

/**
 * A random region of `cells` cells: the highest of a smooth random pattern inside the body. Without the body as its bound it
 * would often lie in air, where anything can be deleted without loss, and a bad heat map would look good beside it.
 * @param body 1 for cells that may be taken
 */
export function randomRegion(body: Uint8Array, side: number, cells: number, random: Random): Uint8Array {
  const pattern: Grid = {
    width: patternCells,
    height: patternCells,
    values: Float64Array.from({ length: patternCells * patternCells }, () => random.next()),
  };
  const fine = resized(pattern, side, side);
  const values = fine.values.map((value, index) => (body[index] === 1 ? value : 0));
  return hottest({ values }, (cells + 0.5) / values.length);
}

/** 1 for cells whose mean grey is brighter than air. @param toGrey grey 0..255 of a network value */
export function bodyCells(
  { size, planes, values }: NetworkInput,
  side: number,
  toGrey: (value: number) => number,
): Uint8Array {
  const plane = Float64Array.from({ length: size * size }, (_, index) => toGrey(values[index * planes] ?? 0));
  return Uint8Array.from(cellMeans(plane, size, side), (grey) => (grey > airGrey ? 1 : 0));
}

/** As in the body crop of the contract. */
const airGrey = 20;

function cellMeans(plane: Float64Array, size: number, side: number): Float64Array {
  const sums = new Float64Array(side * side);
  const counts = new Float64Array(side * side);
  for (let y = 0; y < size; y++) {
    const row = Math.floor((y * side) / size) * side;
    for (let x = 0; x < size; x++) {
      const cell = row + Math.floor((x * side) / size);
      sums[cell] = (sums[cell] ?? 0) + (plane[y * size + x] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return sums.map((sum, cell) => (counts[cell] === 0 ? 0 : sum / (counts[cell] ?? 1)));
}

/** The input with a region replaced by its surroundings: so blurred that no structure is left, without a hard edge of grey. */
export function withoutRegion(
  input: NetworkInput,
  blurred: Float32Array,
  region: Uint8Array,
  side: number,
): Float32Array {
  const { size, planes, values } = input;
  const result = values.slice();
  for (let y = 0; y < size; y++) {
    const row = Math.floor((y * side) / size) * side;
    for (let x = 0; x < size; x++) {
      if (region[row + Math.floor((x * side) / size)] !== 1) continue;
      const at = (y * size + x) * planes;
      for (let plane = 0; plane < planes; plane++) result[at + plane] = blurred[at + plane] ?? 0;
    }
  }
  return result;
}

/** Three box blurs over a quarter of the input's side, near a Gaussian; edges repeat the outermost pixel. */
export function blurredInput({ size, planes, values }: NetworkInput): Float32Array {
  const reach = Math.max(1, Math.round(size / 8));
  let current = values;
  for (let pass = 0; pass < 3; pass++) {
    current = boxBlur(current, { lines: size, step: planes, stride: size * planes, length: size, planes, reach });
    current = boxBlur(current, { lines: size, step: size * planes, stride: planes, length: size, planes, reach });
  }
  return current;
}

interface Lines {
  readonly lines: number;
  /** From one value of a line to the next, and from one line to the next. */
  readonly step: number;
  readonly stride: number;
  readonly length: number;
  readonly planes: number;
  readonly reach: number;
}

function boxBlur(values: Float32Array, { lines, step, stride, length, planes, reach }: Lines): Float32Array {
  const result = new Float32Array(values.length);
  const last = length - 1;
  for (let line = 0; line < lines; line++) {
    for (let plane = 0; plane < planes; plane++) {
      const start = line * stride + plane;
      const at = (index: number): number => values[start + Math.min(Math.max(index, 0), last) * step] ?? 0;
      let sum = 0;
      for (let index = -reach; index <= reach; index++) sum += at(index);
      for (let index = 0; index < length; index++) {
        result[start + index * step] = sum / (2 * reach + 1);
        sum += at(index + reach + 1) - at(index - reach);
      }
    }
  }
  return result;
}
