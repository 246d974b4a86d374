import type { Random } from '../domain/random.ts';
import { widthAt } from './anatomy/torso.ts';
import { between, clamp } from './numbers.ts';
import type { Physique } from './physique.ts';

export const tables = ['none', 'curved', 'double', 'flat'] as const;

/** How the pictures were made: field of view, position, noise, reconstruction kernel, table. Independent of the finding. */
export interface Scanner {
  readonly axialFovMm: number;
  /** Patient coordinates of the middle of an axial picture. */
  readonly axialMiddle: readonly [x: number, y: number];
  readonly coronalFovMm: number;
  readonly coronalMiddle: readonly [x: number, z: number];
  /** Turn of the patient in the picture, in turns. */
  readonly axialRoll: number;
  readonly coronalRoll: number;
  readonly noiseHu: number;
  /** 0 sharp kernel with fine noise .. 1 soft kernel with blotchy noise. */
  readonly softness: number;
  /** HU lost in the middle of the body (beam hardening left over). */
  readonly cuppingHu: number;
  /** Slow change over the picture, HU from edge to edge. */
  readonly gradientHu: readonly [x: number, y: number];
  readonly table: (typeof tables)[number];
  readonly tableGapMm: number;
  readonly signedPixels: boolean;
}

export function drawScanner(person: Physique, random: Random): Scanner {
  const width = 2 * person.halfWidth * widthAt(person, 0);
  const depth = person.frontDepth + person.backDepth;
  const axialFovMm = Math.max(width / between(random, 0.66, 0.97), depth * 1.25);
  const free = axialFovMm - depth;
  const top = clamp(between(random, 0.12, 0.75) * free, 0.085 * axialFovMm, free);
  const coronalFovMm = between(random, 270, 340);
  return {
    axialFovMm,
    axialMiddle: [between(random, -0.05, 0.05) * axialFovMm, axialFovMm / 2 - top - person.frontDepth],
    coronalFovMm,
    coronalMiddle: [between(random, -0.06, 0.06) * coronalFovMm, between(random, -30, 30)],
    axialRoll: between(random, -0.011, 0.011),
    coronalRoll: between(random, -0.012, 0.012),
    noiseHu: between(random, 2.5, 5) * Math.sqrt(depth / 220),
    softness: between(random, 0.1, 0.6),
    cuppingHu: between(random, -2, 7),
    gradientHu: [between(random, -6, 6), between(random, -6, 6)],
    table: tables[random.below(tables.length)] ?? 'none',
    tableGapMm: between(random, 2, 22),
    signedPixels: random.next() < 0.5,
  };
}
