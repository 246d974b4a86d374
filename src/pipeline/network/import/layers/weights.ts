import { HilumError } from '../../../domain/errors.ts';
import { elementsOf } from '../../weights.ts';
import type { Building, PlacedLayer, PlannedWeight } from '../build.ts';
import type { ForeignWeight } from '../foreign.ts';

/** A weight that the layer cannot be without. @throws HilumError `network/bad-weights` */
export function required(layer: PlacedLayer, { finder }: Building, ...kinds: readonly string[]): ForeignWeight {
  const found = finder.find(layer, ...kinds);
  if (found !== undefined) return found;
  throw new HilumError('network/bad-weights', {
    name: 'the network',
    what: `${layer.layerName}/${kinds[0]} is missing`,
  });
}

/** The same number everywhere. */
export function constant(shape: readonly number[], value: number): PlannedWeight {
  return { shape, read: () => new Float32Array(elementsOf(shape)).fill(value) };
}

/** Numbers that stand in the settings of a layer. */
export function given(values: readonly number[]): PlannedWeight {
  return { shape: [values.length], read: () => Float32Array.from(values) };
}
