import type { Random } from '../../domain/random.ts';
import { type Layer, labels } from '../canvas.ts';
import { field } from '../lattice.ts';
import { between, chance, clamp, cosine, type Point, sine, smoothStep } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import { ellipsoid } from '../shapes/ellipsoid.ts';
import type { Kidney } from './kidneys.ts';

export const findings = ['Cyst', 'Normal', 'Stone', 'Tumor'] as const;
export type Finding = (typeof findings)[number];

/**
 * Where a finding is, or would be: drawn in the same way for every class, so that the slices around it
 * show the same levels of the body whatever the class.
 */
export interface Site {
  readonly kidney: Kidney;
  /** Middle of a mass; on or under the kidney's surface. */
  readonly center: Point;
  readonly radiusMm: number;
  /** Middle of the coronal slices: near the site and inside the kidney. */
  readonly coronalY: number;
}

export function drawSite(kidneys: readonly Kidney[], random: Random): Site {
  const kidney = kidneys[random.below(kidneys.length)];
  if (kidney === undefined) throw new RangeError('a body without kidneys');
  const radiusMm = between(random, 22, 34);
  const turn = between(random, -0.27, 0.13);
  const up = between(random, -0.34, 0.34) * kidney.radii[2];
  const center = onSurface(kidney, up, turn, between(random, -0.55, 0.3) * radiusMm);
  return { kidney, center, radiusMm, coronalY: clamp(center[1], kidney.center[1] - 9, kidney.center[1] + 9) };
}

type Planter = (person: Physique, site: Site, kidneys: readonly Kidney[], random: Random) => readonly Layer[];

/** How each class looks. */
export const planters: Record<Finding, Planter> = {
  Normal: () => [],
  Cyst: cysts,
  Tumor: tumours,
  Stone: stones,
};

/** One large cyst at the site and, as in many older people, smaller ones in both kidneys. */
function cysts(_person: Physique, site: Site, kidneys: readonly Kidney[], random: Random): readonly Layer[] {
  const layers = [cyst(site.center, site.radiusMm, random)];
  for (const kidney of kidneys) {
    const count = 2 + random.below(3);
    for (let i = 0; i < count; i++) {
      const up = site.center[2] - kidney.center[2] + between(random, -24, 24);
      const turn = between(random, -0.3, 0.25);
      layers.push(cyst(onSurface(kidney, up, turn, -2), between(random, 11, 22), random));
    }
  }
  return layers;
}

/** Simple cyst (Bosniak I): round, sharp, 0–20 HU, no enhancement. */
function cyst(center: Point, radius: number, random: Random): Layer {
  const hu = between(random, 2, 16);
  const radii: Point = [radius * between(random, 0.93, 1.07), radius * between(random, 0.93, 1.07), radius];
  return ellipsoid(
    { center, radii, warp: 0.02, warpMm: radius },
    { fill: () => hu, label: labels.cyst, clipped: true },
  );
}

/** Solid mass: irregular edge, mixed density, a necrotic part in most; in some a second one. */
function tumours(person: Physique, site: Site, kidneys: readonly Kidney[], random: Random): readonly Layer[] {
  const layers = [tumour(person, site.center, site.radiusMm, random)];
  const other = kidneys.find((kidney) => kidney !== site.kidney);
  if (other !== undefined && chance(random, 0.7)) {
    const up = site.center[2] - other.center[2] + between(random, -15, 15);
    layers.push(tumour(person, onSurface(other, up, between(random, -0.25, 0.15), 0), between(random, 18, 30), random));
  }
  return layers;
}

function tumour(person: Physique, center: Point, radius: number, random: Random): Layer {
  const base = person.enhancement.tumour;
  const contrast = between(random, 0.7, 1) * 85;
  const necrosis = chance(random, 0.4) ? between(random, 0.05, 0.3) : 2;
  const [px, py] = [between(random, 0, 32), between(random, 0, 32)];
  const radii: Point = [radius * between(random, 0.85, 1.15), radius * between(random, 0.85, 1.15), radius];
  return ellipsoid(
    { center, radii, warp: 0.32, warpMm: radius * 0.55, phase: px },
    {
      label: labels.tumour,
      clipped: true,
      fill: (x, y, z, depth) => {
        const coarse = field(x / 5 + px, y / 5 + py, z / 5);
        const hu = clamp(base + contrast * coarse + 18 * field(x / 3.5, y / 3.5 + py, z / 3.5), 40, 110);
        const dead = smoothStep(necrosis, necrosis + 0.25, -coarse) * smoothStep(0.15, 0.35, depth);
        return hu + (18 - hu) * dead;
      },
    },
  );
}

/** Calculi in pelvis and calyces of one kidney or both, spread so that most slices around the site meet one. */
function stones(_person: Physique, site: Site, kidneys: readonly Kidney[], random: Random): readonly Layer[] {
  const both = chance(random, 0.8);
  return kidneys.filter((kidney) => both || kidney === site.kidney).flatMap((kidney) => stonesOf(kidney, site, random));
}

function stonesOf(kidney: Kidney, site: Site, random: Random): readonly Layer[] {
  const count = 5 + random.below(3);
  const slant = chance(random, 0.5) ? 1 : -1;
  return Array.from({ length: count }, (_, i) => {
    const step = i - (count - 1) / 2;
    const share = between(random, -0.05, 0.5);
    const radius = between(random, 5, 7.5);
    const center: Point = [
      kidney.center[0] + kidney.toHilum[0] * kidney.radii[0] * share,
      site.coronalY + kidney.toHilum[1] * 4 + slant * step * 3,
      site.center[2] + step * 6,
    ];
    const hu = between(random, 900, 1500);
    return ellipsoid(
      { center, radii: [radius, radius * between(random, 0.85, 1.2), radius], warp: 0.2, warpMm: 4 },
      { fill: () => hu, label: labels.stone, clipped: true },
    );
  });
}

/** A point on the kidney's surface. @param up mm above its middle @param turn 0 to the side, negative to the front @param outMm off the surface */
function onSurface(kidney: Kidney, up: number, turn: number, outMm: number): Point {
  const [a, b, c] = kidney.radii;
  const share = clamp(up / c, -0.85, 0.85);
  const level = Math.sqrt(1 - share * share);
  const [cx, sy] = [cosine(turn), sine(turn)];
  const surface = level / Math.sqrt((cx / a) ** 2 + (sy / b) ** 2) + outMm;
  return [kidney.center[0] + kidney.side * cx * surface, kidney.center[1] + sy * surface, kidney.center[2] + share * c];
}
