import { z } from 'zod';
import { layer } from './layer-builder.ts';
import { channelsLast, padding, square } from './settings.ts';

const pool = z.object({
  pool_size: square,
  strides: square.nullish(),
  padding: padding.default('valid'),
  data_format: channelsLast,
});

export const maxPooling2d = layer(pool, ({ pool_size, strides, padding: rule }, { name, input }, building) =>
  building.add({
    ...{ op: 'maxPool', name, input, poolSize: pool_size, stride: strides ?? pool_size },
    ...(rule === 'same' ? { padding: rule } : {}),
  }),
);

export const averagePooling2d = layer(pool, ({ pool_size, strides, padding: rule }, { name, input }, building) =>
  building.add({ op: 'averagePool', name, input, poolSize: pool_size, stride: strides ?? pool_size, padding: rule }),
);

const global = z.object({
  data_format: channelsLast,
  keepdims: z.literal(false, 'expected false: the answer has to be a vector').default(false),
});

export const globalAveragePooling2d = layer(global, (_settings, { name, input }, building) =>
  building.add({ op: 'globalAveragePool', name, input }),
);

export const globalMaxPooling2d = layer(global, (_settings, { name, input }, building) =>
  building.add({ op: 'globalMaxPool', name, input }),
);
