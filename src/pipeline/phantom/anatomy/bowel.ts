import type { Random } from '../../domain/random.ts';
import { type Fill, type Layer, labels } from '../canvas.ts';
import { field } from '../lattice.ts';
import { bell, between, chance, type Point } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import { ellipsoid } from '../shapes/ellipsoid.ts';
import { cavityOf } from './torso.ts';

/** Small-bowel loops and the colon frame with stool, fluid and gas. */
export function bowel(person: Physique, random: Random): readonly Layer[] {
  return [...smallBowel(person, random), ...colon(person, random)];
}

function smallBowel(person: Physique, random: Random): readonly Layer[] {
  const space = cavityOf(person);
  const loops = 80 + random.below(60);
  const layers: Layer[] = [];
  for (let i = 0; i < loops; i++) {
    const z = between(random, -190, 50);
    const wide = between(random, 8, 15);
    const across = between(random, -0.72, 0.72);
    const center: Point = [
      across * space.side,
      between(random, -0.88, 0.22) * space.front * (1 - 0.35 * across * across),
      z,
    ];
    layers.push(
      ellipsoid(
        {
          center,
          radii: [wide, wide * between(random, 0.8, 1.2), wide * between(random, 1.3, 3)],
          turns: [between(random, 0, 1), between(random, 0, 1), between(random, 0, 1)],
          warp: 0.16,
          warpMm: 12,
          phase: between(random, 0, 32),
        },
        { fill: loopContents(person, random, wide), label: labels.bowel, clipped: true },
      ),
    );
  }
  return layers;
}

function loopContents(person: Physique, random: Random, wide: number): Fill {
  const wallHu = person.enhancement.bowelWall + 4 * bell(random);
  const fluid = between(random, 8, 38);
  const wall = 2.2 / wide;
  const collapsed = chance(random, 0.35);
  const gas = chance(random, 0.06);
  return (x, y, z, depth) => {
    if (collapsed || depth < wall) return wallHu + 8 * field(x / 4, y / 4, z / 4);
    return gas ? -850 : fluid + 8 * field(x / 5, y / 5, z / 5);
  };
}

/** Ascending, transverse and descending colon as chains of haustra. */
function colon(person: Physique, random: Random): readonly Layer[] {
  const space = cavityOf(person);
  const flexureRight = between(random, -45, 5);
  const flexureLeft = between(random, 10, 60);
  const sag = between(random, 20, 90);
  const places: Point[] = [];
  for (let z = -190; z < flexureRight; z += 17) places.push([-space.side * 0.74, between(random, -12, 8), z]);
  for (let t = 0; t <= 1.001; t += 0.085) {
    const x = (-0.7 + 1.42 * t) * space.side;
    const z = flexureRight + (flexureLeft - flexureRight) * t - sag * 4 * t * (1 - t);
    places.push([x, -space.front * (0.3 + 1.9 * t * (1 - t)), z]);
  }
  for (let z = -190; z < flexureLeft; z += 17) places.push([space.side * 0.8, between(random, 2, 20), z]);
  const gassy = between(random, 0.1, 0.3);
  return places.map((place) => {
    const wide = between(random, 13, 22);
    return ellipsoid(
      {
        center: [place[0] + 3 * bell(random), place[1] + 3 * bell(random), place[2]],
        radii: [wide, wide, wide * 0.95],
        warp: 0.17,
        warpMm: 13,
        phase: between(random, 0, 32),
      },
      { fill: stool(person, random, wide, gassy), label: labels.bowel, clipped: true },
    );
  });
}

function stool(person: Physique, random: Random, wide: number, gassy: number): Fill {
  const wallHu = person.enhancement.bowelWall;
  const gas = chance(random, gassy);
  const wall = 2 / wide;
  const bubbles = between(random, 0.15, 0.5);
  return (x, y, z, depth) => {
    if (depth < wall) return wallHu;
    if (gas && depth > 0.2) return -880;
    const mottle = field(x / 3.2, y / 3.2, z / 3.2);
    return mottle > bubbles ? -150 : 40 + 35 * mottle;
  };
}
