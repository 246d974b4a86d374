import type { Network, NetworkNode } from '../domain/network.ts';
import { shapesOf } from './shapes.ts';

/** Parts of the input's side at which a network sees textures and shapes, not yet the classes of photographs. */
const levels = [8, 16] as const;
/** More channels make a matrix of megabytes. */
const mostChannels = 320;

/**
 * Nodes whose averaged maps tell pictures of a study from others: the last ones at an eighth and at a sixteenth of the
 * input's side (the sum of a residual block where there is one, else the map with the fewest channels), or the last map of
 * a network without such levels. Empty when every map is too deep.
 */
export function gateTaps(network: Network): string[] {
  const shapes = shapesOf(network);
  const maps = network.nodes.flatMap((node) => {
    const shape = shapes.get(node.name);
    return shape?.kind === 'map' && shape.channels <= mostChannels ? [{ node, ...shape }] : [];
  });
  const taps = levels.flatMap((level) => {
    const side = Math.ceil(network.input.size / level);
    const found = narrowestLast(maps.filter(({ height, width }) => height === side && width === side));
    return found === undefined ? [] : [found.name];
  });
  const last = maps.at(-1);
  return taps.length > 0 || last === undefined ? taps : [last.node.name];
}

function narrowestLast(maps: readonly { node: NetworkNode; channels: number }[]): NetworkNode | undefined {
  const sum = maps.findLast(({ node }) => node.op === 'add');
  if (sum !== undefined) return sum.node;
  const fewest = Math.min(...maps.map(({ channels }) => channels));
  return maps.findLast(({ channels }) => channels === fewest)?.node;
}
