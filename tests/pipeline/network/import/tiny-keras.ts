import { randomFrom } from '../../../../src/pipeline/domain/random.ts';
import { elementsOf } from '../../../../src/pipeline/network/weights.ts';
import type { FileWeight, KerasFile } from './keras-file.ts';

/** Seeded numbers of a shape. */
export function weight(name: string, shape: readonly number[]): FileWeight {
  const random = randomFrom('tiny keras', name);
  return { name, shape, data: Float32Array.from({ length: elementsOf(shape) }, () => random.normal() / 3) };
}

const layer = (class_name: string, name: string, config: object = {}) => ({ class_name, config: { name, ...config } });

const convConfig = {
  filters: 4,
  kernel_size: [3, 3],
  strides: [1, 1],
  padding: 'same',
  activation: 'relu',
  use_bias: true,
};
const denseConfig = { units: 3, activation: 'softmax', use_bias: true };

/** Conv → max pool → flatten → dense, 16 x 16 x 3, as Keras 2 writes a Sequential. */
export function tinySequential(): { config: SequentialJson; layers: KerasFile['layers'] } {
  return {
    config: {
      class_name: 'Sequential',
      config: {
        name: 'tiny',
        layers: [
          layer('InputLayer', 'in', { batch_input_shape: [null, 16, 16, 3] }),
          layer('Conv2D', 'conv', convConfig),
          layer('MaxPooling2D', 'pool', { pool_size: [2, 2], strides: [2, 2], padding: 'valid' }),
          layer('Flatten', 'flat'),
          layer('Dense', 'answer', denseConfig),
        ],
      },
    },
    layers: [
      { name: 'conv', weights: [weight('conv/kernel:0', [3, 3, 3, 4]), weight('conv/bias:0', [4])] },
      { name: 'pool', weights: [] },
      { name: 'flat', weights: [] },
      { name: 'answer', weights: [weight('answer/kernel:0', [256, 3]), weight('answer/bias:0', [3])] },
    ],
  };
}

export interface LayerJson {
  class_name: string;
  name?: string;
  config: Record<string, unknown>;
  inbound_nodes?: unknown[];
}
export interface SequentialJson {
  class_name: string;
  config: { name: string; layers: LayerJson[]; input_layers?: unknown; output_layers?: unknown };
}

const tensor3 = (name: string) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 16, 16, 3], dtype: 'float32', keras_history: [name, 0, 0] },
});

/** How each version writes who reads whom. */
const inbound = {
  2: (...names: string[]) => (names.length === 0 ? [] : [names.map((name) => [name, 0, 0, {}])]),
  3: (...names: string[]) => {
    if (names.length === 0) return [];
    const args = names.length === 1 ? names.map(tensor3) : [names.map(tensor3)];
    return [{ args, kwargs: {} }];
  },
} as const;

/** The same layers with a residual sum inside a nested model, as Keras 2 and 3 write them. */
export function tinyFunctional(version: 2 | 3): { config: SequentialJson; layers: KerasFile['layers'] } {
  const reads = inbound[version];
  const shapeKey = version === 2 ? 'batch_input_shape' : 'batch_shape';
  const of = (class_name: string, name: string, config: object, ...inputs: string[]): LayerJson => ({
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes: reads(...inputs),
  });
  const kind = version === 2 ? 'Model' : 'Functional';
  const inner = of(
    kind,
    'inner',
    {
      layers: [
        of('InputLayer', 'inner_in', { [shapeKey]: [null, 16, 16, 4] }),
        of('Conv2D', 'conv', { ...convConfig, activation: 'linear', use_bias: false }, 'inner_in'),
        of('BatchNormalization', 'norm', { axis: version === 2 ? [3] : -1, epsilon: 0.001, scale: false }, 'conv'),
        of('Add', 'sum', {}, 'norm', 'inner_in'),
      ],
      input_layers: version === 2 ? [['inner_in', 0, 0]] : ['inner_in', 0, 0],
      output_layers: version === 2 ? [['sum', 0, 0]] : ['sum', 0, 0],
    },
    'conv',
  );
  const kernelOf = (layerName: string) => (version === 2 ? `${layerName}:0` : layerName);
  return {
    config: {
      class_name: kind,
      config: {
        name: 'tiny',
        // Out of order on purpose: the graph says who comes first.
        layers: [
          of('Dense', 'answer', denseConfig, 'mean'),
          of('InputLayer', 'in', { [shapeKey]: [null, 16, 16, 3] }),
          of('GlobalAveragePooling2D', 'mean', {}, 'inner'),
          of('Conv2D', 'conv', convConfig, 'in'),
          inner,
        ],
        input_layers: [['in', 0, 0]],
        output_layers: [['answer', 0, 0]],
      },
    },
    layers: [
      { name: 'conv', weights: [weight(kernelOf('conv/kernel'), [3, 3, 3, 4]), weight(kernelOf('conv/bias'), [4])] },
      {
        name: 'inner',
        weights: [
          weight(kernelOf('conv/kernel'), [3, 3, 4, 4]),
          weight(kernelOf('norm/beta'), [4]),
          weight(kernelOf('norm/moving_mean'), [4]),
          { ...weight(kernelOf('norm/moving_variance'), [4]), data: Float32Array.of(0.5, 1, 1.5, 2) },
        ],
      },
      { name: 'mean', weights: [] },
      { name: 'answer', weights: [weight(kernelOf('answer/kernel'), [4, 3]), weight(kernelOf('answer/bias'), [3])] },
    ],
  };
}
