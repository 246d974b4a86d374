import type { Random } from '../../domain/random.ts';
import { type Fill, type Layer, labels } from '../canvas.ts';
import { field } from '../lattice.ts';
import { bell, between, clamp, cosine, type Point, sine } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import { ellipsoid } from '../shapes/ellipsoid.ts';
import { tube } from '../shapes/tube.ts';
import { cavityOf } from './torso.ts';

/** Place and shape of one kidney, mm. */
export interface Kidney {
  /** -1 the patient's right, +1 the left. */
  readonly side: -1 | 1;
  readonly center: Point;
  readonly radii: Point;
  readonly turns: Point;
  /** Unit vector in the axial plane from the middle to the hilum (to the middle line and forward). */
  readonly toHilum: readonly [x: number, y: number];
  readonly hilum: Point;
  /** Fat around the kidney. */
  readonly fatMm: number;
}

/** Right and left kidney: sizes of adults (CT: 85–125 mm long), the right one mostly lower. */
export function drawKidneys(person: Physique, random: Random): readonly Kidney[] {
  const space = cavityOf(person);
  const build = between(random, 1, 1.15);
  const level = between(random, -8, 8);
  return ([-1, 1] as const).map((side) => {
    const radii: Point = [
      build * between(random, 26, 31),
      build * between(random, 23, 28),
      build * between(random, 48, 57),
    ];
    const fatMm = clamp(1.5 + 0.28 * person.fatSide + 1.5 * bell(random), 1.5, 11);
    const outermost = space.side - radii[0] - fatMm;
    const center: Point = [
      side * Math.min(between(random, 64, 80), outermost) + person.spineX / 2,
      person.spineY + between(random, -8, 7),
      level + (side < 0 ? -6 : 4) + 3 * bell(random),
    ];
    const forward = between(random, 0.05, 0.13);
    const toHilum = [-side * cosine(forward), -sine(forward)] as const;
    return {
      side,
      center,
      radii,
      turns: [between(random, -0.05, -0.01), -side * between(random, 0.015, 0.05), 0],
      toHilum,
      hilum: [
        center[0] + toHilum[0] * radii[0] * 0.7,
        center[1] + toHilum[1] * radii[0] * 0.7,
        center[2] + between(random, -4, 4),
      ],
      fatMm,
    };
  });
}

/** Fat that keeps bowel and liver away from the kidney; painted before it. */
export function kidneyFat(person: Physique, kidney: Kidney): Layer {
  const fat: Fill = (x, y, z) => {
    const strand = field(x / 6, y / 6 + 21, z / 8);
    return person.fatHu + 4 + (strand > 0.5 ? 60 * (strand - 0.5) : 0);
  };
  const [a, b, c] = kidney.radii;
  return ellipsoid(
    {
      center: kidney.center,
      radii: [a + kidney.fatMm, b + kidney.fatMm, c + kidney.fatMm * 1.6],
      turns: kidney.turns,
      warp: 0.09,
      warpMm: 26,
    },
    { fill: fat, label: labels.body, clipped: true },
  );
}

/** Cortex, pyramids, sinus fat, pelvis and calyces. */
export function kidneyLayers(person: Physique, kidney: Kidney, random: Random): readonly Layer[] {
  const { center, radii, toHilum } = kidney;
  const surface = { fill: parenchyma(person, kidney, random), label: labels.kidney, clipped: true } as const;
  const sinusTurn: Point = [0, 0, kidney.side * between(random, 0.06, 0.1)];
  const fat = { fill: () => person.fatHu + 18, label: labels.body, clipped: true } as const;
  const urine = between(random, 2, 14);
  const fluid = { fill: () => urine, label: labels.kidney, clipped: true } as const;
  const at = (share: number, dy: number, dz: number): Point => [
    center[0] + toHilum[0] * radii[0] * share,
    center[1] + toHilum[1] * radii[0] * share + dy,
    center[2] + dz,
  ];
  const sinusSize = between(random, 0.85, 1.15);
  const layers: Layer[] = [
    ellipsoid({ center, radii, turns: kidney.turns, warp: 0.05, warpMm: 22, phase: between(random, 0, 32) }, surface),
    ellipsoid(
      {
        center: at(0.72, 0, 0),
        radii: [radii[0] * 0.62 * sinusSize, radii[1] * 0.36 * sinusSize, radii[2] * 0.5 * sinusSize],
        turns: sinusTurn,
        warp: 0.2,
        warpMm: 11,
        phase: between(random, 0, 32),
      },
      fat,
    ),
    ellipsoid(
      {
        center: at(0.62, 0, -4),
        radii: [between(random, 6, 11), between(random, 4, 7), between(random, 10, 16)],
        turns: sinusTurn,
      },
      fluid,
    ),
  ];
  for (let i = 0; i < 4; i++) {
    const from = at(0.5, 0, -6 + 4 * i);
    const to = at(between(random, 0.1, 0.25), between(random, -6, 6), -24 + 16 * i + 3 * bell(random));
    layers.push(tube({ from, to, fromRadius: between(random, 1.4, 2.6), toRadius: between(random, 2, 3.6) }, fluid));
  }
  const vein = { fill: () => person.enhancement.cava, label: labels.vessel, clipped: true } as const;
  for (let i = 0; i < 3; i++) {
    const to = at(between(random, 0.25, 0.4), 5 * bell(random), -14 + 14 * i);
    layers.push(tube({ from: kidney.hilum, to, fromRadius: 2.8, toRadius: 1.3 }, vein));
  }
  return layers;
}

/** Cortex with medullary pyramids between its columns. */
function parenchyma(person: Physique, kidney: Kidney, random: Random): Fill {
  const { cortex, medulla } = person.enhancement;
  const { center, radii, side } = kidney;
  const pyramids: Point[] = [];
  for (let level = -2; level <= 2; level++) {
    for (let i = 0; i < 4; i++) {
      const turn = -0.3 + 0.2 * i + between(random, -0.03, 0.03);
      const ring = level === -2 || level === 2 ? 0.42 : 0.62;
      pyramids.push([
        center[0] + side * cosine(turn) * radii[0] * ring,
        center[1] + sine(turn) * radii[1] * ring,
        center[2] + level * radii[2] * 0.31 + between(random, -3, 3),
      ]);
    }
  }
  const size = between(random, 6, 7.5);
  return (x, y, z) => {
    let nearest = 1e9;
    for (const pyramid of pyramids) {
      const dx = x - pyramid[0];
      const dy = y - pyramid[1];
      const dz = (z - pyramid[2]) * 0.8;
      const square = dx * dx + dy * dy + dz * dz;
      if (square < nearest) nearest = square;
    }
    const share = clamp((size - Math.sqrt(nearest)) / 2.5 + 0.5, 0, 1);
    return cortex + (medulla - cortex) * share + 4 * field(x / 5, y / 5, z / 5);
  };
}
