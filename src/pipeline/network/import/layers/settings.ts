import { z } from 'zod';
import { HilumError } from '../../../domain/errors.ts';
import type { Activation } from '../../../domain/network.ts';
import type { PlacedLayer } from '../build.ts';

const side = z.int().min(1).max(10_000);
const pair = z
  .union([side, z.tuple([side, side])])
  .transform((value) => (typeof value === 'number' ? value : value[0] === value[1] ? value[0] : Number.NaN));
/** Equal height and width, written once or twice. */
export const square = pair.refine((value) => !Number.isNaN(value), 'expected equal height and width');

export const channelsLast = z.literal(['channels_last', 'channelsLast'], 'expected channels_last').nullish();
export const padding = z.enum(['same', 'valid']);
const one = z.union(
  [z.literal(1), z.tuple([z.literal(1), z.literal(1)])],
  'expected 1: dilated layers are not known here',
);
export const noDilation = one.default(1);

const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'tanh', 'softmax'] as const satisfies readonly Activation[];
const activationName = z.enum(activations, `expected one of ${activations.join(', ')}`);
/** Keras 3 writes some activations as objects with the name inside. */
export const activation = z
  .union([z.string(), z.looseObject({ config: z.string() }).transform(({ config }) => config)])
  .nullish()
  .transform((name) => name ?? 'linear')
  .pipe(activationName);

/** Window of a convolution or a depthwise convolution. */
export const windowSettings = z.object({
  kernel_size: square,
  strides: square.default(1),
  padding: padding.default('valid'),
  data_format: channelsLast,
  dilation_rate: noDilation,
  activation,
  use_bias: z.boolean().default(true),
});

/** The only input of a layer. @throws HilumError `network/bad-graph` */
export function requireOneInput({ inputs, layerName }: PlacedLayer): void {
  if (inputs.length !== 1)
    throw new HilumError('network/bad-graph', { what: `"${layerName}" reads ${inputs.length} values` });
}

export function refuse(layer: PlacedLayer, what: string): HilumError {
  return new HilumError('network/layer-setting', { layer: layer.layerName, kind: layer.kind.slice(0, 60), what });
}
