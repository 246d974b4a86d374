import { join } from 'node:path';
import { writeFileAtomic } from '../../disk/atomic.ts';
import type { Network, NetworkNode, WeightedNetwork } from '../../domain/network.ts';
import { inputName, inputsOf, weightShapes } from '../shapes.ts';
import { elementsOf, weightOf } from '../weights.ts';

export interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** model.json of a tfjs layers-model with one weights file. */
export interface TfjsModel {
  readonly modelJson: object;
  /** Little-endian float32 in the order of the manifest. */
  readonly weights: Uint8Array;
}

const weightsFile = 'weights.bin';

/** The network as a tfjs layers-model that any tfjs program can load. No TensorFlow is needed to write it. */
export function toTfjs({ network, weights }: WeightedNetwork): TfjsModel {
  const specs = [...weightShapes(network)].map(([name, shape]) => ({ name, shape, dtype: 'float32' as const }));
  const bytes = new Uint8Array(4 * specs.reduce((sum, { shape }) => sum + elementsOf(shape), 0));
  let offset = 0;
  for (const { name } of specs) {
    const { data } = weightOf(weights, name);
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'hilum',
    convertedBy: null,
    modelTopology: { keras_version: '2.15.0', backend: 'tensorflow', model_config: topology(network) },
    weightsManifest: [{ paths: [weightsFile], weights: specs }],
  };
  return { modelJson, weights: bytes };
}

/** Writes model.json and weights.bin. */
export async function writeTfjs(folder: string, net: WeightedNetwork): Promise<void> {
  const { modelJson, weights } = toTfjs(net);
  await writeFileAtomic(join(folder, weightsFile), weights);
  await writeFileAtomic(join(folder, 'model.json'), JSON.stringify(modelJson));
}

/** The network as Keras 2 describes a functional model, which tfjs took over. @param layer another way to say a node */
export function topology(network: Network, layer: (node: NetworkNode) => LayerJson = layerOf): object {
  const { size, channels } = network.input;
  const inputLayer = {
    class_name: 'InputLayer',
    name: inputName,
    config: { batch_input_shape: [null, size, size, channels], dtype: 'float32', sparse: false, name: inputName },
    inbound_nodes: [],
  };
  const layers = network.nodes.map((node) => {
    const { class_name, config } = layer(node);
    const inbound = [inputsOf(node).map((name) => [name, 0, 0, {}])];
    const named = { name: node.name, trainable: true, dtype: 'float32', ...config };
    return { class_name, name: node.name, config: named, inbound_nodes: inbound };
  });
  return {
    class_name: 'Model',
    config: {
      name: 'network',
      layers: [inputLayer, ...layers],
      input_layers: [[inputName, 0, 0]],
      output_layers: [[network.output, 0, 0]],
    },
  };
}

export function layerOf(node: NetworkNode): LayerJson {
  switch (node.op) {
    case 'conv':
      return { class_name: 'Conv2D', config: { filters: node.filters, ...windowConfig(node) } };
    case 'depthwise':
      return { class_name: 'DepthwiseConv2D', config: { depth_multiplier: 1, ...windowConfig(node) } };
    case 'batchNorm': {
      const config = { axis: -1, momentum: 0.99, epsilon: node.epsilon, center: true, scale: true };
      return { class_name: 'BatchNormalization', config };
    }
    case 'activation':
      return { class_name: 'Activation', config: { activation: node.activation } };
    case 'pad': {
      const [top, bottom, left, right] = node.pads;
      const padding = [
        [top, bottom],
        [left, right],
      ];
      return { class_name: 'ZeroPadding2D', config: { padding, data_format: 'channels_last' } };
    }
    case 'maxPool': {
      const [pool_size, strides] = [square(node.poolSize), square(node.stride)];
      return {
        class_name: 'MaxPooling2D',
        config: { pool_size, strides, padding: node.padding ?? 'valid', data_format: 'channels_last' },
      };
    }
    case 'averagePool': {
      const [pool_size, strides] = [square(node.poolSize), square(node.stride)];
      return {
        class_name: 'AveragePooling2D',
        config: { pool_size, strides, padding: node.padding, data_format: 'channels_last' },
      };
    }
    case 'leakyRelu':
      return { class_name: 'LeakyReLU', config: { alpha: node.alpha } };
    case 'flatten':
      return { class_name: 'Flatten', config: { data_format: 'channels_last' } };
    case 'globalMaxPool':
      return { class_name: 'GlobalMaxPooling2D', config: { data_format: 'channels_last' } };
    case 'add':
      return { class_name: 'Add', config: {} };
    case 'globalAveragePool':
      return { class_name: 'GlobalAveragePooling2D', config: { data_format: 'channels_last' } };
    case 'concat':
      return { class_name: 'Concatenate', config: { axis: -1 } };
    case 'dropout':
      return { class_name: 'Dropout', config: { rate: node.rate } };
    case 'dense':
      return { class_name: 'Dense', config: { units: node.units, activation: node.activation, use_bias: true } };
  }
}

function windowConfig(node: Extract<NetworkNode, { op: 'conv' | 'depthwise' }>) {
  return {
    kernel_size: square(node.kernelSize),
    strides: square(node.stride),
    padding: node.padding,
    data_format: 'channels_last',
    dilation_rate: [1, 1],
    activation: node.activation,
    use_bias: node.bias,
  };
}

const square = (length: number): readonly [number, number] => [length, length];
