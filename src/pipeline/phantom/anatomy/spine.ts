import { type Canvas, type Fill, type Label, type Layer, labels, pixelBox } from '../canvas.ts';
import { field } from '../lattice.ts';
import { clamp } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import { ellipsoid } from '../shapes/ellipsoid.ts';
import { tube } from '../shapes/tube.ts';

const vertebraMm = 34;

/** Sideways and forward place of the spine at height z (slight lordosis). */
export function spineAt(person: Physique, z: number): readonly [x: number, y: number] {
  return [person.spineX + (z * person.spineX) / 300, person.spineY + ((z + 20) * (z + 20)) / 4500];
}

/** Vertebrae with discs, canal and processes. Painted point by point: the column repeats along z. */
export function spine(person: Physique): Layer {
  return (canvas) => {
    const { cut, width } = canvas;
    const middle = cut.origin[2] + (cut.down[2] * canvas.height) / 2;
    const reach = cut.plane === 'axial' ? 95 : 1000;
    const [spineX, spineY] = spineAt(person, middle);
    const box = pixelBox(canvas, [spineX, spineY + 20, middle], reach);
    if (box === undefined) return;
    for (let row = box.top; row <= box.bottom; row++) {
      for (let column = box.left; column <= box.right; column++) {
        const x = cut.origin[0] + column * cut.right[0] + row * cut.down[0];
        if (Math.abs(x - spineX) > 75) continue;
        const y = cut.origin[1] + column * cut.right[1] + row * cut.down[1];
        const z = cut.origin[2] + column * cut.right[2] + row * cut.down[2];
        paintSpinePoint(canvas, row * width + column, person, x, y, z);
      }
    }
  };
}

function paintSpinePoint(canvas: Canvas, index: number, person: Physique, x: number, y: number, z: number): void {
  const [spineX, spineY] = spineAt(person, z);
  const soft = 1.2 * canvas.cut.pixelMm;
  const dx = x - spineX;
  const dy = y - spineY;
  if (dy < -22 || dy > 85) return;
  const turn = z / vertebraMm + person.vertebraPhase;
  const place = turn - Math.floor(turn);
  const waist = 1.5 * (1 - 4 * (place - 0.5) ** 2);
  const bodyDistance = (Math.sqrt((dx / (25 - waist)) ** 2 + (dy / (17 - waist)) ** 2) - 1) * 18;
  const canal = Math.sqrt((dx / 1.25) ** 2 + (dy - 25) ** 2);
  const fromPlate = (Math.abs(place - 0.5) - 0.39) * vertebraMm;
  if (bodyDistance < soft && canal > 8) {
    blend(canvas, index, 0.5 - bodyDistance / soft, person.enhancement.muscle + 30, labels.body);
    const bone = Math.max(bodyDistance, fromPlate);
    blend(canvas, index, 0.5 - bone / soft, vertebraHu(person, x, y, z, -bone), labels.bone);
  }
  const processes = processDistance(dx, dy, place, canal);
  blend(canvas, index, 0.5 - processes / soft, boneHu(person, x, y, z, -processes), labels.bone);
  blend(canvas, index, 0.5 - (canal - 8.5) / soft, 28 + (canal < 5 ? 10 : -20), labels.body);
}

/** Distance to pedicles, lamina, transverse and spinous processes and facets; negative inside. */
function processDistance(dx: number, dy: number, place: number, canal: number): number {
  const side = Math.abs(dx);
  const pedicle = Math.max(
    Math.abs(side - 14) - 4.5,
    Math.abs(dy - 18) - 10,
    (Math.abs(place - 0.62) - 0.2) * vertebraMm,
  );
  const lamina = Math.max(Math.abs(canal - 11.5) - 3, 22 - dy, (Math.abs(place - 0.45) - 0.36) * vertebraMm);
  const rise = 22 + (side - 12) * 0.25;
  const transverse = Math.max(
    Math.abs(dy - rise) - 3.2,
    side - 44,
    12 - side,
    (Math.abs(place - 0.6) - 0.13) * vertebraMm,
  );
  const spinous = Math.max(side - 3.2, 34 - dy, dy - 62, (Math.abs(place - 0.35) - 0.3) * vertebraMm);
  const facet = Math.sqrt(((side - 16) / 0.75) ** 2 + ((dy - 29 - (side - 16) * 0.6) / 1.2) ** 2) - 7;
  const facets = Math.max(facet, (0.22 - Math.abs(place - 0.5)) * vertebraMm, 1.2 - Math.abs(side - 17));
  return Math.min(pedicle, lamina, transverse, spinous, facets);
}

function vertebraHu(person: Physique, x: number, y: number, z: number, depth: number): number {
  const shell = clamp(1 - depth / 2.2, 0, 1);
  const inside = person.boneHu + 60 * field(x / 3.5, y / 3.5, z / 6);
  return inside + (520 - inside) * shell;
}

function boneHu(person: Physique, x: number, y: number, z: number, depth: number): number {
  const shell = clamp(1 - depth / 3, 0, 1);
  return person.boneHu + 120 + 80 * field(x / 4, y / 4, z / 4) + 260 * shell;
}

function blend(canvas: Canvas, index: number, cover: number, hu: number, label: Label): void {
  if (cover <= 0) return;
  const under = canvas.hu[index] ?? 0;
  canvas.hu[index] = under + (hu - under) * Math.min(1, cover);
  if (cover > 0.5) canvas.labels[index] = label;
}

/** Muscles along the spine, and at the pelvis the iliac wings with the gluteal muscles. */
export function trunkMuscles(person: Physique): readonly Layer[] {
  const muscle: Fill = (x, y, z) => {
    const bundle = field(x / 8, y / 8 + 11, z / 25);
    const streak = bundle < -0.45 ? 110 * (-0.45 - bundle) : 0;
    return person.enhancement.muscle + 5 * bundle - streak;
  };
  const flesh = { fill: muscle, label: labels.muscle, clipped: false } as const;
  const marrow: Fill = (x, y, z, depth) => boneHu(person, x, y, z, depth * 8);
  const [spineX, spineY] = spineAt(person, 0);
  const sides = [-1, 1] as const;
  return sides.flatMap((side) => [
    ellipsoid(
      {
        center: [spineX + side * 33, spineY + 42, -20],
        radii: [31, 19, 700],
        warp: 0.1,
        warpMm: 45,
        phase: 3 + side,
      },
      flesh,
    ),
    ellipsoid(
      {
        center: [spineX + side * 66, spineY + 28, -60],
        radii: [21, 9, 120],
        turns: [0, 0, side * 0.04],
        warp: 0.12,
        phase: 7 + side,
      },
      flesh,
    ),
    tube(
      {
        from: [spineX + side * 27, spineY + 6, 45],
        to: [spineX + side * 62, spineY - 16, -190],
        fromRadius: 6,
        toRadius: 32,
      },
      flesh,
    ),
    ellipsoid({ center: [side * 95, spineY + 25, -225], radii: [52, 60, 95], warp: 0.1, warpMm: 60 }, flesh),
    ellipsoid(
      {
        center: [side * 92, spineY + 15, -172],
        radii: [7, 52, 66],
        turns: [0, side * -0.075, 0],
        warp: 0.15,
        warpMm: 40,
        phase: 13 + side,
      },
      { fill: marrow, label: labels.bone, clipped: false },
    ),
    ellipsoid(
      { center: [side * 28, spineY + 22, -205], radii: [30, 22, 42], warp: 0.12 },
      { fill: marrow, label: labels.bone, clipped: false },
    ),
  ]);
}
