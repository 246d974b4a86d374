import { z } from 'zod';
import { depthOf } from '../../shapes.ts';
import type { Building, PlacedLayer, PlannedWeight } from '../build.ts';
import { layer } from './layer-builder.ts';
import { refuse } from './settings.ts';
import { constant, given, required } from './weights.ts';

const axis = z.union([z.int(), z.tuple([z.int()]).transform(([only]) => only)]).default(-1);
/** Small enough to vanish in 32 bits, as a variance of one is divided by. */
const noEpsilon = 1e-12;

const batchNorm = z.object({
  axis,
  epsilon: z.number().positive().max(1).default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});

/** With what a layer leaves out as ones and zeros. */
export const batchNormalization = layer(batchNorm, (settings, placed, building) => {
  const { name, input } = placed;
  requireLastAxis(settings.axis, placed, building);
  const mean = required(placed, building, 'moving_mean');
  const { shape } = mean;
  building.weight(`${name}/gamma`, settings.scale ? required(placed, building, 'gamma') : constant(shape, 1));
  building.weight(`${name}/beta`, settings.center ? required(placed, building, 'beta') : constant(shape, 0));
  building.weight(`${name}/moving_mean`, mean);
  building.weight(`${name}/moving_variance`, required(placed, building, 'moving_variance'));
  return building.add({ op: 'batchNorm', name, input, epsilon: settings.epsilon });
});

const numbers = z.union([z.number().transform((value) => [value]), z.array(z.number()).min(1).max(4)]);

/** value * scale + offset. */
export const rescaling = layer(
  z.object({ scale: numbers, offset: numbers.default([0]) }),
  ({ scale, offset }, placed, building) => {
    const depth = depthOf(building.shapeOf(placed.input));
    return affine(placed, building, { scale: each(scale, depth, placed), shift: each(offset, depth, placed) });
  },
);

const normalizationSettings = z.object({
  axis: axis.nullish(),
  invert: z.literal(false, 'expected false').default(false),
  mean: z.unknown(),
  variance: z.unknown(),
});

/** (value - mean) / sqrt(variance), with Keras' least deviation of 1e-7. The numbers are settings, or weights that `adapt` learned. */
export const normalization = layer(normalizationSettings, (settings, placed, building) => {
  const depth = depthOf(building.shapeOf(placed.input));
  if (settings.axis !== undefined && settings.axis !== null) requireLastAxis(settings.axis, placed, building);
  const [mean, variance] = [numbersOf(settings.mean), numbersOf(settings.variance)];
  const { name } = placed;
  const known = mean !== undefined && variance !== undefined;
  const planned = known
    ? { mean: given(spread(mean, depth, placed)), variance: given(spread(variance, depth, placed)) }
    : {
        mean: spreadWeight('mean', depth, placed, building),
        variance: spreadWeight('variance', depth, placed, building),
      };
  building.weight(`${name}/gamma`, constant([depth], 1));
  building.weight(`${name}/beta`, constant([depth], 0));
  building.weight(`${name}/moving_mean`, planned.mean);
  building.weight(`${name}/moving_variance`, atLeast(planned.variance, 1e-14));
  return building.add({ op: 'batchNorm', name, input: placed.input, epsilon: 1e-20 });
});

function affine(
  { name, input }: PlacedLayer,
  building: Building,
  { scale, shift }: { readonly scale: PlannedWeight; readonly shift: PlannedWeight },
): string {
  building.weight(`${name}/gamma`, scale);
  building.weight(`${name}/beta`, shift);
  building.weight(`${name}/moving_mean`, constant(shift.shape, 0));
  building.weight(`${name}/moving_variance`, constant(shift.shape, 1));
  return building.add({ op: 'batchNorm', name, input, epsilon: noEpsilon });
}

const each = (values: readonly number[], depth: number, placed: PlacedLayer): PlannedWeight =>
  given(spread(values, depth, placed));

function spread(values: readonly number[], depth: number, placed: PlacedLayer): number[] {
  const [only = 0] = values;
  if (values.length === 1) return Array.from({ length: depth }, () => only);
  if (values.length === depth) return [...values];
  throw refuse(placed, `it has ${values.length} numbers for ${depth} channels`);
}

/** Keras keeps them as [1, 1, 1, channels] or [channels]. */
function spreadWeight(kind: string, depth: number, placed: PlacedLayer, building: Building): PlannedWeight {
  const weight = required(placed, building, kind);
  const count = weight.shape.reduce((product, length) => product * length, 1);
  if (count !== 1 && count !== depth) throw refuse(placed, `it has ${count} numbers for ${depth} channels`);
  return { shape: [depth], read: () => Float32Array.from(spread([...weight.read()], depth, placed)) };
}

function atLeast({ shape, read }: PlannedWeight, least: number): PlannedWeight {
  return { shape, read: () => read().map((value) => Math.max(value, least)) };
}

/** A number, or numbers inside nested lists; undefined where they are not in the settings. */
function numbersOf(value: unknown): readonly number[] | undefined {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return undefined;
  const flat: unknown[] = value.flat(4);
  return z.array(z.number()).min(1).max(4).parse(flat);
}

function requireLastAxis(written: number, placed: PlacedLayer, building: Building): void {
  const last = building.shapeOf(placed.input).kind === 'map' ? 3 : 1;
  if (written !== -1 && written !== last) throw refuse(placed, `axis ${written}; channels stand last here`);
}
