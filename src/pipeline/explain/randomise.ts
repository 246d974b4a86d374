import type { WeightArray, WeightedNetwork } from '../domain/network.ts';
import { randomFrom } from '../domain/random.ts';

/**
 * The network with the weights of some nodes in random order, tensor by tensor: what was learned is gone, sizes and spreads
 * are as before, so that the values inside stay in their range (Adebayo et al. 2018 draw anew).
 * @param seed the same seed shuffles a tensor in the same way, whatever other tensors are shuffled
 */
export function shuffledWeights(net: WeightedNetwork, nodes: ReadonlySet<string>, seed: number): WeightedNetwork {
  const weights = new Map<string, WeightArray>();
  for (const [name, { shape, data }] of net.weights) {
    const isChosen = nodes.has(name.slice(0, name.lastIndexOf('/')));
    weights.set(name, isChosen ? { shape, data: shuffled(data, `${name} ${seed}`) } : { shape, data });
  }
  return { network: net.network, weights };
}

function shuffled(data: Float32Array, seed: string): Float32Array {
  const random = randomFrom('shuffled weights', seed);
  const result = data.slice();
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = result[i] ?? 0;
    result[i] = result[j] ?? 0;
    result[j] = held;
  }
  return result;
}

/** A step of the cascade from the answer down to the input. */
export interface CascadeStep {
  /** Lowest node whose weights are shuffled; so are those of every node above it. */
  readonly downTo: string;
  readonly network: WeightedNetwork;
}

/** More and more of a network shuffled, in so many steps of about the same number of nodes; the last step is all of it. */
export function* cascade(net: WeightedNetwork, steps: number): Generator<CascadeStep> {
  const owners = new Set([...net.weights.keys()].map((name) => name.slice(0, name.lastIndexOf('/'))));
  const fromTop = net.network.nodes.map(({ name }) => name).filter((name) => owners.has(name));
  fromTop.reverse();
  let current = net;
  let from = 0;
  for (let step = 1; step <= steps && from < fromTop.length; step++) {
    const to = Math.max(from + 1, Math.round((step * fromTop.length) / steps));
    current = shuffledWeights(current, new Set(fromTop.slice(from, to)), 1);
    from = to;
    yield { downTo: fromTop[to - 1] ?? '', network: current };
  }
}
