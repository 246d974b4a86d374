import { z } from 'zod';
import { layer } from './layer-builder.ts';
import { activation, refuse } from './settings.ts';

export const activationLayer = layer(z.object({ activation }), (settings, { name, input }, building) =>
  settings.activation === 'linear'
    ? input
    : building.add({ op: 'activation', name, input, activation: settings.activation }),
);

const slope = z.number().min(0).max(10);
const relu = z.object({
  max_value: z.literal([6, null], 'expected 6 or none').nullish(),
  negative_slope: slope.nullish(),
  threshold: z.literal(0, 'expected 0').nullish(),
});

export const reluLayer = layer(relu, (settings, placed, building) => {
  const { name, input } = placed;
  const { max_value: limit, negative_slope: alpha } = settings;
  if (!alpha) return building.add({ op: 'activation', name, input, activation: limit === 6 ? 'relu6' : 'relu' });
  if (limit === 6) throw refuse(placed, 'a limit and a slope together');
  return building.add({ op: 'leakyRelu', name, input, alpha });
});

/** Keras 2 and tfjs call it alpha. */
export const leakyReluLayer = layer(
  z.object({ alpha: slope.optional(), negative_slope: slope.optional() }),
  ({ alpha, negative_slope: named }, { name, input }, building) =>
    building.add({ op: 'leakyRelu', name, input, alpha: named ?? alpha ?? 0.3 }),
);

const lastAxis = z
  .union([z.literal([-1, 1, 3]), z.tuple([z.literal([-1, 1, 3])])], 'expected the last axis')
  .default(-1);

export const softmaxLayer = layer(z.object({ axis: lastAxis }), (_settings, { name, input }, building) =>
  building.add({ op: 'activation', name, input, activation: 'softmax' }),
);
