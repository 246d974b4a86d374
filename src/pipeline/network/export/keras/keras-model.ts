import { HilumError } from '../../../domain/errors.ts';
import type { WeightArray, WeightedNetwork } from '../../../domain/network.ts';
import { inputName } from '../../../domain/node-names.ts';
import { weightShapes } from '../../shapes.ts';
import { elementsOf, weightOf } from '../../weights.ts';
import { forKeras } from './for-keras.ts';
import { kerasLayerOrder } from './layer-order.ts';
import { modelConfig } from './model-config.ts';

/** One tensor is copied into WebAssembly's memory at a time, which ends at 4 GB; the file itself is written through to the disk. */
const mostTensorBytes = 2 ** 30;

/** What an .h5 file will hold. */
export interface KerasModel {
  readonly config: string;
  /** In the order in which Keras hands weights to its layers; those without weights are among them. */
  readonly layers: readonly { readonly name: string; readonly weights: readonly NamedWeight[] }[];
}

interface NamedWeight extends WeightArray {
  /** `<layer>/<kind>:0`, as Keras 2 names them. */
  readonly name: string;
}

/** @throws HilumError `export/too-large` before anything is allocated */
export function kerasModel(weighted: WeightedNetwork): KerasModel {
  const { network, weights } = forKeras(weighted);
  const order = kerasLayerOrder(network);
  const kept = new Set(order.map(({ name }) => name));
  const used = { ...network, nodes: network.nodes.filter(({ name }) => kept.has(name)) };
  const needed = [...weightShapes(used)];
  for (const [name, shape] of needed) {
    const bytes = 4 * elementsOf(shape);
    if (bytes > mostTensorBytes) throw new HilumError('export/too-large', { name, bytes, limit: mostTensorBytes });
  }
  const layers = [inputName, ...order.map(({ name }) => name)].map((name) => ({
    name,
    weights: needed
      .filter(([key]) => key.slice(0, key.lastIndexOf('/')) === name)
      .map(([key]) => ({ name: `${key}:0`, ...weightOf(weights, key) })),
  }));
  return { config: modelConfig(used), layers };
}
