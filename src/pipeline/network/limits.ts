import { HilumError } from '../domain/errors.ts';
import type { Network } from '../domain/network.ts';
import { shapesOf, weightShapes } from './shapes.ts';
import { elementsOf } from './weights.ts';

/** What a network may ask for; checked from its description alone, before anything is allocated. */
export const networkLimits = {
  parameters: 200_000_000,
  layers: 1000,
  /** Values of one node for one image: 512 MB of floats. */
  activation: 128 * 2 ** 20,
} as const;

/** @throws HilumError `network/too-large`, `network/bad-graph` */
export function requireReasonable(network: Network): void {
  requireAtMost(network.nodes.length, networkLimits.layers, 'layers');
  for (const shape of shapesOf(network).values()) {
    const values = shape.kind === 'map' ? shape.height * shape.width * shape.channels : shape.units;
    requireAtMost(values, networkLimits.activation, 'values in one layer');
  }
  requireParameters(weightShapes(network).values());
}

/** @throws HilumError `network/too-large` when the shapes hold too many values together */
export function requireParameters(shapes: Iterable<readonly number[]>): void {
  let parameters = 0;
  for (const shape of shapes) parameters += elementsOf(shape);
  requireAtMost(parameters, networkLimits.parameters, 'parameters');
}

function requireAtMost(actual: number, limit: number, unit: string): void {
  if (!(actual <= limit)) throw new HilumError('network/too-large', { actual, limit, unit });
}
