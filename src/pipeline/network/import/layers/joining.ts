import { z } from 'zod';
import { HilumError } from '../../../domain/errors.ts';
import type { LayerBuilder } from './layer-builder.ts';
import { refuse } from './settings.ts';

/** Sums of more than two values become sums of sums. */
export const add: LayerBuilder = (placed, building) => {
  const { name, inputs } = placed;
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) {
    throw new HilumError('network/bad-graph', { what: `"${placed.layerName}" adds ${inputs.length} values` });
  }
  return others.reduce((sum, other, index) => {
    const isLast = index === others.length - 1;
    return building.add({ op: 'add', name: isLast ? name : `${name}_${index + 1}`, inputs: [sum, other] });
  }, first);
};

const concatSettings = z.object({ axis: z.int().default(-1) });

export const concatenate: LayerBuilder = (placed, building) => {
  const { name, inputs, config } = placed;
  const { axis } = concatSettings.parse(config);
  const [first = ''] = inputs;
  const last = building.shapeOf(first).kind === 'map' ? 3 : 1;
  if (axis !== -1 && axis !== last) throw refuse(placed, `axis ${axis}; values are joined along the last one`);
  return building.add({ op: 'concat', name, inputs });
};
