import type { Network, WeightedNetwork } from '../domain/network.ts';
import { inputsOf, weightShapes } from './shapes.ts';

/** Whether two networks compute the same values at these nodes: same layers below them, every weight byte-equal. */
export function isSameUpTo(one: WeightedNetwork, other: WeightedNetwork, nodes: readonly string[]): boolean {
  const below = nodesUpTo(one.network, nodes);
  const definition = (network: Network): string =>
    JSON.stringify([network.input, network.nodes.filter(({ name }) => below.has(name))]);
  if (definition(one.network) !== definition(other.network)) return false;
  return [...weightShapes(one.network).keys()].every((name) => {
    if (!below.has(name.slice(0, name.lastIndexOf('/')))) return true;
    const [a, b] = [one.weights.get(name)?.data, other.weights.get(name)?.data];
    return a !== undefined && b !== undefined && a.length === b.length && a.every((value, index) => value === b[index]);
  });
}

function nodesUpTo(network: Network, wanted: readonly string[]): ReadonlySet<string> {
  const needed = new Set(wanted);
  for (const node of network.nodes.toReversed()) {
    if (needed.has(node.name)) for (const input of inputsOf(node)) needed.add(input);
  }
  return needed;
}
