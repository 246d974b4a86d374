import type { Network, NetworkNode } from '../../../domain/network.ts';
import { type LayerJson, layerOf, topology } from '../../tfjs/write.ts';

/** `model_config` of an .h5 file: what `keras.models.load_model` builds the layers from, Keras 2 and 3 alike. */
export function modelConfig(network: Network): string {
  return JSON.stringify({ ...topology(network, kerasLayer), class_name: 'Functional' });
}

function kerasLayer(node: NetworkNode): LayerJson {
  if (node.op !== 'activation' || node.activation !== 'relu6') return layerOf(node);
  return { class_name: 'ReLU', config: { max_value: 6, negative_slope: 0, threshold: 0 } };
}
