import { z } from 'zod';
import type { NetworkNode } from '../../domain/network.ts';

/** A layer's config with what becomes of it; anything that the network cannot express is refused by the schema. */
interface LayerReader {
  read(config: unknown, name: string, inputs: readonly string[]): NetworkNode;
}

const size = z.int().min(1).max(100_000);
const square = z.tuple([size, size]).refine(([a, b]) => a === b, 'expected equal height and width');
const activation = z.enum(['linear', 'relu', 'relu6', 'sigmoid', 'tanh', 'softmax']).default('linear');
const padding = z.enum(['same', 'valid']);
const channelsLast = z.literal('channels_last').default('channels_last');

const windowConfig = z.object({
  kernel_size: square,
  strides: square,
  padding,
  data_format: channelsLast,
  dilation_rate: z.tuple([z.literal(1), z.literal(1)]).default([1, 1]),
  activation,
  use_bias: z.boolean(),
});
type WindowConfig = z.infer<typeof windowConfig>;

const windowFields = (config: WindowConfig) => ({
  kernelSize: config.kernel_size[0],
  stride: config.strides[0],
  padding: config.padding,
  bias: config.use_bias,
  activation: config.activation,
});

function layer<T>(
  schema: z.ZodType<T>,
  build: (config: T, name: string, inputs: readonly string[]) => NetworkNode,
): LayerReader {
  return { read: (config, name, inputs) => build(schema.parse(config), name, inputs) };
}

const single = (inputs: readonly string[]): string => z.tuple([z.string()]).parse(inputs)[0];

/** Allow-list of layer kinds. Names are looked up as own properties only. */
export const layerReaders: Readonly<Record<string, LayerReader>> = {
  Conv2D: layer(windowConfig.extend({ filters: size, groups: z.literal(1).default(1) }), (config, name, inputs) => ({
    op: 'conv',
    name,
    input: single(inputs),
    filters: config.filters,
    ...windowFields(config),
  })),
  DepthwiseConv2D: layer(windowConfig.extend({ depth_multiplier: z.literal(1) }), (config, name, inputs) => ({
    op: 'depthwise',
    name,
    input: single(inputs),
    ...windowFields(config),
  })),
  BatchNormalization: layer(
    z.object({
      axis: z.literal([-1, 3]),
      epsilon: z.number().positive(),
      center: z.literal(true),
      scale: z.literal(true),
    }),
    ({ epsilon }, name, inputs) => ({ op: 'batchNorm', name, input: single(inputs), epsilon }),
  ),
  Activation: layer(z.object({ activation }), (config, name, inputs) => ({
    op: 'activation',
    name,
    input: single(inputs),
    activation: config.activation,
  })),
  ReLU: layer(
    z.object({
      max_value: z.literal([6, null]).default(null),
      negative_slope: z.literal(0).default(0),
      threshold: z.literal(0).default(0),
    }),
    (config, name, inputs) => ({
      op: 'activation',
      name,
      input: single(inputs),
      activation: config.max_value === 6 ? 'relu6' : 'relu',
    }),
  ),
  ZeroPadding2D: layer(
    z.object({ padding: z.tuple([padPair(), padPair()]), data_format: channelsLast }),
    ({ padding: [[top, bottom], [left, right]] }, name, inputs) => ({
      op: 'pad',
      name,
      input: single(inputs),
      pads: [top, bottom, left, right],
    }),
  ),
  MaxPooling2D: layer(
    z.object({ pool_size: square, strides: square, padding, data_format: channelsLast }),
    (config, name, inputs) => ({
      op: 'maxPool',
      name,
      input: single(inputs),
      poolSize: config.pool_size[0],
      stride: config.strides[0],
      ...(config.padding === 'same' ? { padding: 'same' } : {}),
    }),
  ),
  AveragePooling2D: layer(
    z.object({ pool_size: square, strides: square, padding, data_format: channelsLast }),
    (config, name, inputs) => ({
      op: 'averagePool',
      name,
      input: single(inputs),
      poolSize: config.pool_size[0],
      stride: config.strides[0],
      padding: config.padding,
    }),
  ),
  LeakyReLU: layer(z.object({ alpha: z.number().min(0).max(10) }), ({ alpha }, name, inputs) => ({
    op: 'leakyRelu',
    name,
    input: single(inputs),
    alpha,
  })),
  Flatten: layer(z.object({ data_format: channelsLast }), (_config, name, inputs) => ({
    op: 'flatten',
    name,
    input: single(inputs),
  })),
  GlobalMaxPooling2D: layer(z.object({ data_format: channelsLast }), (_config, name, inputs) => ({
    op: 'globalMaxPool',
    name,
    input: single(inputs),
  })),
  Add: layer(z.object({}), (_config, name, inputs) => ({
    op: 'add',
    name,
    inputs: z.tuple([z.string(), z.string()]).parse(inputs),
  })),
  GlobalAveragePooling2D: layer(z.object({ data_format: channelsLast }), (_config, name, inputs) => ({
    op: 'globalAveragePool',
    name,
    input: single(inputs),
  })),
  Concatenate: layer(z.object({ axis: z.literal([-1, 1, 3]) }), (_config, name, inputs) => ({
    op: 'concat',
    name,
    inputs,
  })),
  Dropout: layer(z.object({ rate: z.number().min(0).max(0.9) }), ({ rate }, name, inputs) => ({
    op: 'dropout',
    name,
    input: single(inputs),
    rate,
  })),
  Dense: layer(z.object({ units: size, activation, use_bias: z.literal(true) }), (config, name, inputs) => ({
    op: 'dense',
    name,
    input: single(inputs),
    units: config.units,
    activation: config.activation,
  })),
};

function padPair() {
  const edge = z.int().min(0).max(1000);
  return z.tuple([edge, edge]);
}
