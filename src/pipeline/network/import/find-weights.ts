import { HilumError } from '../../domain/errors.ts';
import type { FlatLayer } from './flat-layers.ts';
import type { ForeignWeight } from './foreign.ts';

/** Counters and random states that no network here needs. */
const idle = ['count', 'seed_generator_state', 'state', 'iteration'];

/** Finds the weights of each layer, and says at the end which ones nobody asked for. */
export interface WeightFinder {
  /** @param kinds names that versions of Keras have for it; undefined when there is none */
  find(layer: FlatLayer, ...kinds: readonly string[]): ForeignWeight | undefined;
  /** @throws HilumError `network/bad-weights` naming a weight that belongs to no layer */
  requireAllUsed(): void;
}

export function weightFinder(weights: readonly ForeignWeight[], title: string): WeightFinder {
  const used = new Set<ForeignWeight>();
  const byKind = Map.groupBy(weights, ({ path }) => path.at(-1) ?? '');
  return {
    find(layer, ...kinds) {
      const filed = kinds.flatMap((kind) => byKind.get(kind) ?? []).filter((weight) => isOf(weight, layer));
      const inside = filed.filter(({ path }) => containsInOrder(path, layer.parents));
      const candidates = layer.parents.length > 0 && inside.length > 0 ? inside : filed;
      const [best, second] = candidates.toSorted((a, b) => a.path.length - b.path.length);
      if (best === undefined) return undefined;
      if (second?.path.length === best.path.length || used.has(best)) {
        throw bad(title, `more than one layer may mean ${best.path.join('/')}`);
      }
      if (best.problem !== undefined) throw bad(title, `${best.path.join('/')}: ${best.problem}`);
      used.add(best);
      return best;
    },
    requireAllUsed() {
      const surplus = weights.find((weight) => !used.has(weight) && !idle.includes(weight.path.at(-1) ?? ''));
      if (surplus !== undefined) throw bad(title, `${surplus.path.join('/')} belongs to no layer`);
    },
  };
}

/** What is filed under a layer is its own, whatever its path says; in a sub-model, or without files, the path names the layer. */
function isOf({ path, group }: ForeignWeight, { layerName, parents }: FlatLayer): boolean {
  if (group !== undefined && group !== (parents[0] ?? layerName)) return false;
  return (group !== undefined && parents.length === 0) || path.at(-2) === layerName;
}

function containsInOrder(path: readonly string[], names: readonly string[]): boolean {
  let at = 0;
  for (const part of path) if (part === names[at]) at++;
  return at === names.length;
}

function bad(title: string, what: string): HilumError {
  return new HilumError('network/bad-weights', { name: title, what });
}
