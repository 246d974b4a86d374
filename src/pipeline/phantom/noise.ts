import { type Random, randomFrom } from '../domain/random.ts';

/** Side of the periodic noise tiles; slices read them from random offsets. */
const side = 256;

interface Tiles {
  readonly fine: Float32Array;
  readonly blotchy: Float32Array;
}
let tiles: Tiles | undefined;

function noiseTiles(): Tiles {
  if (tiles !== undefined) return tiles;
  const white = whiteTile(randomFrom('phantom', 'noise', 'white'));
  const once = blurTile(white, 1);
  const wide = blurTile(blurTile(once, 1), 2);
  tiles = { fine: unitVariance(blend(white, once)), blotchy: unitVariance(wide) };
  return tiles;
}

function whiteTile(random: Random): Float32Array {
  const tile = new Float32Array(side * side);
  for (let i = 0; i < tile.length; i++) tile[i] = random.next() + random.next() + random.next() - 1.5;
  return tile;
}

/** Half white, half blurred: the grain of a sharp kernel. */
function blend(white: Float32Array, blurred: Float32Array): Float32Array {
  return white.map((value, i) => 0.25 * value + (blurred[i] ?? 0));
}

/** Box blur with wrap-around, radius in pixels. */
function blurTile(tile: Float32Array, radius: number): Float32Array {
  const along = (from: Float32Array, step: number, line: number): Float32Array => {
    const to = new Float32Array(from.length);
    for (let l = 0; l < side; l++) {
      for (let i = 0; i < side; i++) {
        let sum = 0;
        for (let k = -radius; k <= radius; k++) sum += from[l * line + ((i + k) & (side - 1)) * step] ?? 0;
        to[l * line + i * step] = sum / (2 * radius + 1);
      }
    }
    return to;
  };
  return along(along(tile, 1, side), side, 1);
}

function unitVariance(tile: Float32Array): Float32Array {
  let sum = 0;
  let squares = 0;
  for (const value of tile) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / tile.length;
  const scale = 1 / Math.sqrt(squares / tile.length - mean * mean);
  return tile.map((value) => (value - mean) * scale);
}

/**
 * Adds correlated noise to a picture in HU; more in the middle of the body, where fewer photons arrive.
 * @param softness 0 fine grain .. 1 blotchy
 */
export function addNoise(
  hu: Float32Array,
  width: number,
  height: number,
  sigmaHu: number,
  softness: number,
  random: Random,
): void {
  const { fine, blotchy } = noiseTiles();
  const offsetX = random.below(side);
  const offsetY = random.below(side);
  const share = 0.2 + 0.7 * softness;
  const other = Math.sqrt(1 - share * share);
  for (let row = 0; row < height; row++) {
    const v = (2 * row) / height - 1;
    const line = ((row + offsetY) & (side - 1)) * side;
    for (let column = 0; column < width; column++) {
      const u = (2 * column) / width - 1;
      const k = line + ((column + offsetX) & (side - 1));
      const grain = other * (fine[k] ?? 0) + share * (blotchy[k] ?? 0);
      const i = row * width + column;
      hu[i] = (hu[i] ?? 0) + sigmaHu * (1.25 - 0.45 * (u * u + v * v)) * grain;
    }
  }
}
