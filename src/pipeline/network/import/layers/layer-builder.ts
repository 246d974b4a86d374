import type { z } from 'zod';
import type { Building, PlacedLayer } from '../build.ts';
import { requireOneInput } from './settings.ts';

/** Writes one layer kind into the network. @returns name of the layer's value */
export type LayerBuilder = (layer: PlacedLayer, building: Building) => string;

/** A kind with one input: its settings are checked first. */
export function layer<Settings>(
  settings: z.ZodType<Settings>,
  build: (settings: Settings, layer: PlacedLayer, building: Building) => string,
): LayerBuilder {
  return (placed, building) => {
    requireOneInput(placed);
    return build(settings.parse(placed.config), placed, building);
  };
}
