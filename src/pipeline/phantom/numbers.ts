import type { Random } from '../domain/random.ts';

/*
 * Everything that decides a pixel uses + - * / and Math.sqrt only: IEEE 754 fixes their last bit, while Math.sin, exp or
 * log may differ between engines. Golden images are compared on machines that we do not know.
 */

/** Patient coordinates in mm: x to the patient's left, y to the back, z to the head. Origin: middle of the body at kidney height. */
export type Point = readonly [x: number, y: number, z: number];

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** Nearly normal, mean 0, standard deviation 1, never beyond 4.25 (sum of six uniforms). */
export function bell(random: Random): number {
  let sum = -3;
  for (let i = 0; i < 6; i++) sum += random.next();
  return sum * Math.SQRT2;
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : Math.min(value, high);
}

/** 0 below `from`, 1 above `to`, smooth between (either order). */
export function smoothStep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Sine of an angle in turns; error below 1e-6. */
export function sine(turns: number): number {
  const within = turns - Math.floor(turns + 0.5);
  const folded = within > 0.25 ? 0.5 - within : within < -0.25 ? -0.5 - within : within;
  const a = folded * 6.283185307179586;
  const s = a * a;
  return a * (1 + s * (-1 / 6 + s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362880 - s / 39916800)))));
}

/** Cosine of an angle in turns. */
export function cosine(turns: number): number {
  return sine(turns + 0.25);
}
