import { type Picture, rawSource, squeeze } from './grey.ts';

/** Part of a picture in whole pixels: [left, left + width) x [top, top + height). */
export interface BodyBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const side = 128;
const bodyGrey = 20;
/** Between air (-1000 HU) and fat (-100 HU). */
const bodyHu = -500;

/**
 * Bounding box of the body: brighter than 20 of 255 (display) or than -500 HU in a 128x128 box-filtered thumbnail after a
 * 5x5 median; rows and columns count when more than 5 % of them is body. A picture without body is returned whole.
 */
export function bodyBox(image: Picture): BodyBox {
  const { width, height } = image;
  const display = image.domain === 'display';
  const grey = squeeze(rawSource(image), width, height, side, display ? 255 / image.white : 1);
  const body = medianMask(grey, display ? bodyGrey : bodyHu);
  const columns = new Int32Array(side);
  const rows = new Int32Array(side);
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const inside = body[i] ?? 0;
      columns[x] = (columns[x] ?? 0) + inside;
      rows[y] = (rows[y] ?? 0) + inside;
    }
  }
  const across = extent(columns, width);
  const down = extent(rows, height);
  if (across === undefined || down === undefined) return { left: 0, top: 0, width, height };
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

/**
 * 1 where the 5x5 median exceeds the threshold. The median of 25 values exceeds it exactly when 13 of them do,
 * so two passes of counting replace the sorting. Edges repeat the outermost pixel.
 */
function medianMask(grey: Float32Array, threshold: number): Uint8Array {
  const bright = new Uint8Array(side + 4);
  const across = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const row = y * side;
    for (let x = 0; x < side; x++) bright[x + 2] = (grey[row + x] ?? 0) > threshold ? 1 : 0;
    repeatEdges(bright);
    slideSum(bright, across, row, 1);
  }
  const column = new Uint8Array(side + 4);
  const mask = new Uint8Array(side * side);
  for (let x = 0; x < side; x++) {
    for (let y = 0; y < side; y++) column[y + 2] = across[y * side + x] ?? 0;
    repeatEdges(column);
    slideSum(column, mask, x, side);
  }
  for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] ?? 0) >= 13 ? 1 : 0;
  return mask;
}

function repeatEdges(line: Uint8Array): void {
  line.fill(line[2] ?? 0, 0, 2);
  line.fill(line[side + 1] ?? 0, side + 2);
}

/** Sums of five neighbours of a line with two extra values at each end, written every `step` values from `start`. */
function slideSum(line: Uint8Array, out: Uint8Array, start: number, step: number): void {
  let sum = (line[0] ?? 0) + (line[1] ?? 0) + (line[2] ?? 0) + (line[3] ?? 0);
  for (let i = 0; i < side; i++) {
    sum += line[i + 4] ?? 0;
    out[start + i * step] = sum;
    sum -= line[i] ?? 0;
  }
}

function extent(counts: Int32Array, length: number): { start: number; length: number } | undefined {
  const enough = 0.05 * side;
  const first = counts.findIndex((count) => count > enough);
  if (first < 0) return undefined;
  const last = counts.findLastIndex((count) => count > enough);
  const start = Math.floor((first * length) / side);
  const end = Math.max(Math.ceil(((last + 1) * length) / side), start + 1);
  return { start, length: end - start };
}
