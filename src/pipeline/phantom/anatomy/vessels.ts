import type { Random } from '../../domain/random.ts';
import { type Layer, labels } from '../canvas.ts';
import { bell, between, chance, type Point } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import { ellipsoid } from '../shapes/ellipsoid.ts';
import type { Surface } from '../shapes/surface.ts';
import { tube } from '../shapes/tube.ts';
import type { Kidney } from './kidneys.ts';
import { spineAt } from './spine.ts';
import { cavityOf } from './torso.ts';

/** Aorta (calcified in some), vena cava, renal vessels, mesenteric trunk and its branches in the fat. */
export function vessels(person: Physique, kidneys: readonly Kidney[], random: Random): readonly Layer[] {
  const { enhancement } = person;
  const artery = { fill: () => enhancement.aorta, label: labels.vessel, clipped: false } as const;
  const vein = { fill: () => enhancement.cava, label: labels.vessel, clipped: false } as const;
  const aortaRadius = between(random, 8, 12.5);
  const cavaRadius = between(random, 7.5, 12);
  const along = (z: number, dx: number, dy: number): Point => {
    const [x, y] = spineAt(person, z);
    return [x + dx, y - 17 - dy, z];
  };
  const aortaX = between(random, 7, 15);
  const cavaX = -between(random, 16, 24);
  const layers = [
    ...greatVessel((z) => along(z, aortaX, 12), aortaRadius, artery),
    ...greatVessel((z) => along(z, cavaX, 11), cavaRadius, vein),
  ];
  for (const side of [-1, 1]) {
    const end: Point = [side * 55, person.spineY - 20, -210];
    layers.push(
      tube({ from: along(-95, aortaX, 12), to: end, fromRadius: aortaRadius * 0.7, toRadius: 5 }, artery),
      tube(
        { from: along(-100, cavaX, 9), to: [end[0], end[1] + 10, end[2]], fromRadius: cavaRadius * 0.7, toRadius: 6 },
        vein,
      ),
    );
  }
  for (const kidney of kidneys) {
    const z = kidney.center[2] + between(random, -6, 10);
    layers.push(
      tube({ from: along(z + 5, cavaX, 14), to: kidney.hilum, fromRadius: 5, toRadius: 3.5 }, vein),
      tube({ from: along(z + 8, aortaX, 10), to: kidney.hilum, fromRadius: 3, toRadius: 2.2 }, artery),
    );
  }
  const trunk = along(30, aortaX - 4, 36);
  layers.push(
    tube({ from: trunk, to: [trunk[0] - 4, trunk[1] - 14, -120], fromRadius: 4, toRadius: 2.5 }, artery),
    tube(
      {
        from: [trunk[0] - 13, trunk[1] - 3, 35],
        to: [trunk[0] - 14, trunk[1] - 16, -120],
        fromRadius: 5.5,
        toRadius: 3,
      },
      vein,
    ),
    ...mesentery(person, trunk, random, vein),
  );
  if (chance(random, 0.35)) layers.push(...plaques(along, aortaX, aortaRadius, random));
  return layers;
}

/** From the chest to the fork at the fourth lumbar vertebra, in pieces that follow the spine. */
function greatVessel(at: (z: number) => Point, radius: number, surface: Surface): readonly Layer[] {
  const heights = [240, 120, 0, -95];
  return heights.slice(1).map((bottom, i) => {
    const top = heights[i] ?? bottom;
    return tube({ from: at(top), to: at(bottom), fromRadius: radius, toRadius: radius }, surface);
  });
}

function mesentery(person: Physique, trunk: Point, random: Random, vein: Surface): readonly Layer[] {
  const space = cavityOf(person);
  return Array.from({ length: 55 }, () => {
    const from: Point = [trunk[0] + 12 * bell(random), trunk[1] - between(random, 0, 20), between(random, -110, 30)];
    const to: Point = [
      from[0] + between(random, -0.5, 0.5) * space.side,
      from[1] + between(random, -35, 25),
      from[2] + between(random, -50, 20),
    ];
    return tube({ from, to, fromRadius: between(random, 1.5, 2.8), toRadius: 1 }, vein);
  });
}

function plaques(
  along: (z: number, dx: number, dy: number) => Point,
  aortaX: number,
  radius: number,
  random: Random,
): readonly Layer[] {
  return Array.from({ length: 3 + random.below(8) }, () => {
    const turn = between(random, -1, 1);
    const [x, y, z] = along(between(random, -95, 70), aortaX, 12);
    return ellipsoid(
      {
        center: [x + radius * turn, y + radius * Math.sqrt(1 - turn * turn) * (chance(random, 0.5) ? 1 : -1), z],
        radii: [2, 2, between(random, 2, 8)],
      },
      { fill: () => 700, label: labels.bone, clipped: false },
    );
  });
}
