import { randomFrom } from '../domain/random.ts';

const side = 32;
const mask = side - 1;
let values: Float32Array | undefined;

function latticeValues(): Float32Array {
  if (values !== undefined) return values;
  const random = randomFrom('phantom', 'lattice');
  values = new Float32Array(side ** 3);
  for (let i = 0; i < values.length; i++) values[i] = 2 * random.next() - 1;
  return values;
}

/**
 * Smooth random field (value noise on a periodic 32x32x32 lattice), -1..1, one cell a unit.
 * One field serves every organ of every patient; each reads it from its own offset.
 */
export function field(x: number, y: number, z: number): number {
  const v = values ?? latticeValues();
  const fx = Math.floor(x);
  const fy = Math.floor(y);
  const fz = Math.floor(z);
  const tx = x - fx;
  const ty = y - fy;
  const tz = z - fz;
  const sx = tx * tx * (3 - 2 * tx);
  const sy = ty * ty * (3 - 2 * ty);
  const sz = tz * tz * (3 - 2 * tz);
  const x0 = fx & mask;
  const x1 = (fx + 1) & mask;
  const y0 = (fy & mask) * side;
  const y1 = ((fy + 1) & mask) * side;
  const z0 = (fz & mask) * side * side;
  const z1 = ((fz + 1) & mask) * side * side;
  const a = v[x0 + y0 + z0] ?? 0;
  const b = v[x0 + y1 + z0] ?? 0;
  const c = v[x0 + y0 + z1] ?? 0;
  const d = v[x0 + y1 + z1] ?? 0;
  const near = a + ((v[x1 + y0 + z0] ?? 0) - a) * sx;
  const nearDown = b + ((v[x1 + y1 + z0] ?? 0) - b) * sx;
  const far = c + ((v[x1 + y0 + z1] ?? 0) - c) * sx;
  const farDown = d + ((v[x1 + y1 + z1] ?? 0) - d) * sx;
  const front = near + (nearDown - near) * sy;
  return front + (far + (farDown - far) * sy - front) * sz;
}
