import type { Network, NetworkNode, WeightArray, WeightedNetwork } from '../../../src/pipeline/domain/network.ts';
import { type Random, randomFrom } from '../../../src/pipeline/domain/random.ts';
import { type Shape, shapesOf, weightShapes } from '../../../src/pipeline/network/shapes.ts';
import { elementsOf, withWeights } from '../../../src/pipeline/network/weights.ts';

type MapNode = Exclude<NetworkNode, { op: 'concat' | 'dense' | 'globalAveragePool' | 'dropout' | 'add' }>;

/** A small network of every kind of node, with random numbers; ends in a softmax over three classes. */
export function randomNetwork(seed: number): WeightedNetwork {
  const random = randomFrom('network', seed);
  const input = { size: 7 + random.below(6), channels: 1 + 2 * random.below(2) };
  const nodes: NetworkNode[] = [];
  let value = 'input';
  const taps: string[] = [];
  for (let index = 0; index < 3 + random.below(6); index++) {
    const before = value;
    const shape = shapesOf({ input, nodes, output: value }).get(value);
    if (shape?.kind !== 'map') throw new Error('expected a map');
    const node = mapNode(random, `node${index}`, value, shape);
    nodes.push(node);
    value = node.name;
    if (node.op === 'conv' && random.below(3) === 0) {
      nodes.push(residualNode(`twin${index}`, before, node), {
        op: 'add',
        name: `add${index}`,
        inputs: [value, `twin${index}`],
      });
      value = `add${index}`;
    }
    if (random.below(3) === 0) taps.push(value);
  }
  const pooled = [...new Set([...taps, value])];
  for (const tap of pooled) nodes.push({ op: 'globalAveragePool', name: `${tap}_pool`, input: tap });
  nodes.push({ op: 'concat', name: 'joined', inputs: pooled.map((tap) => `${tap}_pool`) });
  nodes.push({ op: 'dropout', name: 'dropout', input: 'joined', rate: 0.3 });
  nodes.push({ op: 'dense', name: 'hidden', input: 'dropout', units: 5, activation: 'relu' });
  nodes.push({ op: 'dense', name: 'head', input: 'hidden', units: 3, activation: 'softmax' });
  // Keras cannot join a single value.
  const single = pooled.length === 1;
  const kept = nodes
    .filter((node) => !(single && node.op === 'concat'))
    .map((node) => (single && node.name === 'dropout' ? { ...node, input: `${pooled[0]}_pool` } : node));
  return withRandomWeights({ input, nodes: kept, output: 'head' }, seed);
}

/** Random numbers of a sensible size; variances are positive. */
export function withRandomWeights(network: Network, seed: number): WeightedNetwork {
  const weights = new Map<string, WeightArray>();
  for (const [name, shape] of weightShapes(network)) {
    const random = randomFrom('weights', name, seed);
    const fanIn = Math.max(1, elementsOf(shape.slice(0, -1)));
    const isPositive = name.endsWith('moving_variance') || name.endsWith('gamma');
    const next = () => (isPositive ? 0.5 + random.next() : random.normal() / Math.sqrt(fanIn));
    weights.set(name, { shape, data: Float32Array.from({ length: elementsOf(shape) }, next) });
  }
  return withWeights(network, weights, 'a random network');
}

/** Standard normal input values for `count` images. */
export function randomInput({ input }: Network, seed: number, count = 1): Float32Array {
  const random = randomFrom('input', seed);
  return Float32Array.from({ length: count * input.size * input.size * input.channels }, () => random.normal());
}

const kinds = ['conv', 'depthwise', 'batchNorm', 'activation', 'pad', 'maxPool', 'conv'] as const;

function mapNode(random: Random, name: string, input: string, shape: Extract<Shape, { kind: 'map' }>): MapNode {
  const kind = kinds[random.below(kinds.length)] ?? 'conv';
  const smallest = Math.min(shape.height, shape.width);
  const kernelSize = 1 + 2 * random.below(smallest >= 5 ? 3 : 2);
  const window = {
    kernelSize,
    stride: 1 + random.below(2),
    padding: smallest < kernelSize || random.below(2) === 0 ? 'same' : 'valid',
    bias: random.below(2) === 0,
    activation: random.below(2) === 0 ? 'linear' : 'relu6',
  } as const;
  switch (kind) {
    case 'conv':
      return { op: 'conv', name, input, filters: 1 + random.below(6), ...window };
    case 'depthwise':
      return { op: 'depthwise', name, input, ...window };
    case 'batchNorm':
      return { op: 'batchNorm', name, input, epsilon: 1e-3 };
    case 'activation':
      return { op: 'activation', name, input, activation: random.below(2) === 0 ? 'relu' : 'relu6' };
    case 'pad':
      return { op: 'pad', name, input, pads: [random.below(2), random.below(3), random.below(2), random.below(3)] };
    case 'maxPool':
      return smallest < 2
        ? { op: 'activation', name, input, activation: 'relu' }
        : { op: 'maxPool', name, input, poolSize: 2, stride: 1 + random.below(2) };
  }
}

/** Another convolution of the same form, so that the two can be added. */
function residualNode(name: string, input: string, like: Extract<NetworkNode, { op: 'conv' }>): NetworkNode {
  return { ...like, name, input, activation: 'linear' };
}
