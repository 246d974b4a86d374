import type { Network, NetworkNode } from '../../../domain/network.ts';
import { inputsOf } from '../../shapes.ts';

/**
 * The nodes that lead to the answer, in the order of `model.layers` once Keras has built them, the input left out. Weights of an
 * .h5 file are matched by this order, not by name: by distance from the output, then by first visit from it.
 * Source: keras/src/ops/function.py, map_graph.
 */
export function kerasLayerOrder(network: Network): NetworkNode[] {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const { visits, finished } = walk(network, nodes);
  const depths = new Map<string, number>();
  for (const name of finished.toReversed()) {
    const depth = depths.get(name) ?? 0;
    depths.set(name, depth);
    for (const input of inputsBehind(nodes, name)) depths.set(input, Math.max(depth + 1, depths.get(input) ?? 0));
  }
  const rank = (name: string): number => visits.get(name) ?? 0;
  return [...depths]
    .sort(([a, depthA], [b, depthB]) => depthB - depthA || rank(a) - rank(b))
    .flatMap(([name]) => nodes.get(name) ?? []);
}

/** Depth-first from the output: when each name was met, and in which order they were left. */
function walk(network: Network, nodes: ReadonlyMap<string, NetworkNode>) {
  const visits = new Map<string, number>();
  const finished: string[] = [];
  const visit = (name: string): void => {
    if (visits.has(name)) return;
    visits.set(name, visits.size);
    for (const input of inputsBehind(nodes, name)) visit(input);
    finished.push(name);
  };
  visit(network.output);
  return { visits, finished };
}

function inputsBehind(nodes: ReadonlyMap<string, NetworkNode>, name: string): readonly string[] {
  const node = nodes.get(name);
  return node === undefined ? [] : inputsOf(node);
}
