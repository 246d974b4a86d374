import type { WeightArray, WeightedNetwork } from '../../domain/network.ts';
import { inputName } from '../../domain/node-names.ts';
import { withInputs } from '../shapes.ts';

/** The same network with names of letters, digits, `_` and `-` only: other programs read more into a slash or a dot. */
export function withPlainNames({ network, weights }: WeightedNetwork): WeightedNetwork {
  const taken = new Set<string>([inputName]);
  const names = new Map([[inputName, inputName]]);
  for (const { name } of network.nodes) names.set(name, freeName(name.replaceAll(/[^A-Za-z0-9_-]/g, '_'), taken));
  const nameOf = (name: string): string => names.get(name) ?? name;
  const nodes = network.nodes.map((node) => ({ ...withInputs(node, nameOf), name: nameOf(node.name) }));
  const renamed = [...weights].map(([key, weight]): [string, WeightArray] => {
    const slash = key.lastIndexOf('/');
    return [`${nameOf(key.slice(0, slash))}${key.slice(slash)}`, weight];
  });
  return { network: { input: network.input, nodes, output: nameOf(network.output) }, weights: new Map(renamed) };
}

/** The name, or the name with a number behind it when it is taken; it is taken then. */
export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}
