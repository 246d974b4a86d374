import type { Random } from '../../domain/random.ts';
import { type Fill, type Layer, labels } from '../canvas.ts';
import { field } from '../lattice.ts';
import { bell, between, chance, type Point } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import { ellipsoid } from '../shapes/ellipsoid.ts';
import { tube } from '../shapes/tube.ts';
import { cavityOf } from './torso.ts';

/** Tissue of one mean HU with a fine and a coarse texture. */
function tissue(hu: number, coarse: number, fine: number, phase: number): Fill {
  return (x, y, z) => hu + coarse * field(x / 22 + phase, y / 22, z / 22) + fine * field(x / 4, y / 4 + phase, z / 5);
}

/** Lungs, liver with vessels, gallbladder, spleen, stomach and pancreas; in paint order. */
export function upperOrgans(person: Physique, random: Random): readonly Layer[] {
  const space = cavityOf(person);
  return [
    ...lungs(person, space),
    ...spleenAndStomach(person, space, random),
    ...liver(person, space, random),
    ...pancreas(person, random),
  ];
}

type Space = ReturnType<typeof cavityOf>;

function lungs(person: Physique, space: Space): readonly Layer[] {
  const air: Fill = (x, y, z) => -860 + 60 * field(x / 6, y / 6, z / 6) + 40 * field(x / 30, y / 30, z / 30);
  const fat: Fill = (x, y, z) => person.fatHu + 8 * field(x / 6, y / 6, z / 6);
  const dome = (side: number, z: number, height: number, surface: Parameters<typeof ellipsoid>[1]): Layer =>
    ellipsoid(
      { center: [side * space.side * 0.54, 6, z], radii: [space.side * 0.52, space.back * 1.15, height], warp: 0.05 },
      surface,
    );
  return [
    ...[-1, 1].map((side) => dome(side, 220, 125, { fill: air, label: labels.lung, clipped: true })),
    dome(-1, 40, 95, { fill: fat, label: labels.body, clipped: true }),
    dome(1, 35, 90, { fill: fat, label: labels.body, clipped: true }),
  ];
}

function liver(person: Physique, space: Space, random: Random): readonly Layer[] {
  const { enhancement } = person;
  const surface = {
    fill: tissue(enhancement.liver, 5, 4, between(random, 0, 32)),
    label: labels.liver,
    clipped: true,
  } as const;
  const tip = between(random, -75, -10);
  const dome = between(random, 120, 145);
  const rightZ = (tip + dome) / 2;
  const right: Point = [-space.side * between(random, 0.62, 0.72), between(random, -20, 5), rightZ];
  const layers = [
    ellipsoid(
      {
        center: right,
        radii: [space.side * between(random, 0.5, 0.66), space.back * between(random, 0.95, 1.25), (dome - tip) / 2],
        turns: [0, between(random, -0.02, 0.06), between(random, -0.03, 0.05)],
        warp: 0.13,
        warpMm: 60,
        phase: between(random, 0, 32),
      },
      surface,
    ),
    ellipsoid(
      {
        center: [-space.side * 0.12, -space.front * 0.55, between(random, 72, 100)],
        radii: [space.side * between(random, 0.5, 0.75), space.front * 0.4, between(random, 40, 62)],
        turns: [0, -0.05, 0.02],
        warp: 0.14,
        warpMm: 50,
        phase: between(random, 0, 32),
      },
      surface,
    ),
  ];
  const vessel = { fill: () => enhancement.liverVessels, label: labels.liver, clipped: true } as const;
  for (let i = 0; i < 14; i++) {
    const from: Point = [right[0] + 25, right[1] + 12 * bell(random), rightZ + 14 * bell(random)];
    const to: Point = [
      right[0] - between(random, -5, 45),
      right[1] + 28 * bell(random),
      rightZ + between(random, -60, 45),
    ];
    layers.push(tube({ from, to, fromRadius: between(random, 2.5, 4.5), toRadius: 1 }, vessel));
  }
  if (chance(random, 0.75)) layers.push(gallbladder(space, tip, random));
  return layers;
}

/** @param tip height of the liver's lower end, mm */
function gallbladder(space: Space, tip: number, random: Random): Layer {
  const wide = between(random, 11, 19);
  const center: Point = [
    -space.side * between(random, 0.4, 0.55),
    -space.front * between(random, 0.3, 0.55),
    tip + between(random, 25, 60),
  ];
  const bile = between(random, 4, 16);
  return ellipsoid(
    { center, radii: [wide, wide * 1.1, wide * 1.9], turns: [0.05, 0.04, 0], warp: 0.06 },
    { fill: () => bile, label: labels.gallbladder, clipped: true },
  );
}

function spleenAndStomach(person: Physique, space: Space, random: Random): readonly Layer[] {
  const { enhancement } = person;
  const contents = stomachContents(random, enhancement.bowelWall);
  return [
    ellipsoid(
      {
        center: [space.side * between(random, 0.22, 0.45), -space.front * 0.45, between(random, 60, 95)],
        radii: [between(random, 36, 58), between(random, 30, 44), between(random, 38, 62)],
        turns: [0, 0.07, between(random, 0, 0.08)],
        warp: 0.14,
        warpMm: 35,
        phase: between(random, 0, 32),
      },
      { fill: contents, label: labels.bowel, clipped: true },
    ),
    ellipsoid(
      {
        center: [space.side * between(random, 0.7, 0.8), between(random, 8, 30), between(random, 58, 92)],
        radii: [between(random, 22, 32), between(random, 38, 56), between(random, 40, 62)],
        turns: [0.03, 0, between(random, 0.03, 0.1)],
        warp: 0.12,
        warpMm: 45,
        phase: between(random, 0, 32),
      },
      { fill: tissue(enhancement.spleen, 3, 3, 5), label: labels.spleen, clipped: true },
    ),
  ];
}

function stomachContents(random: Random, wallHu: number): Fill {
  const gasAbove = between(random, -80, -30);
  const meal = between(random, 5, 60);
  return (x, y, z, depth) => {
    if (depth < 0.11) return wallHu;
    if (y < gasAbove) return -900;
    return meal + 22 * field(x / 5, y / 5, z / 5);
  };
}

function pancreas(person: Physique, random: Random): readonly Layer[] {
  const surface = {
    fill: tissue(person.enhancement.pancreas, 6, 14, 9),
    label: labels.pancreas,
    clipped: true,
  } as const;
  const z = between(random, 2, 40);
  const y = person.spineY - between(random, 46, 58);
  const parts: readonly (readonly [number, number, number, number])[] = [
    [-32, 4, -14, 15],
    [-12, 0, 0, 11],
    [12, -4, 8, 10],
    [34, 4, 14, 10],
    [56, 16, 20, 9],
  ];
  return parts.map(([dx, dy, dz, radius], i) =>
    ellipsoid(
      {
        center: [person.spineX + dx + 3 * bell(random), y + dy + 3 * bell(random), z + dz],
        radii: [radius * 1.5, radius, radius * 1.15],
        turns: [0, 0, 0.03 * i],
        warp: 0.25,
        warpMm: 9,
        phase: between(random, 0, 32),
      },
      surface,
    ),
  );
}
