import { z } from 'zod';
import { layer } from './layer-builder.ts';
import { activation, channelsLast, refuse } from './settings.ts';
import { constant, required } from './weights.ts';

export const flatten = layer(z.object({ data_format: channelsLast }), (_settings, { name, input }, building) =>
  building.shapeOf(input).kind === 'vector' ? input : building.add({ op: 'flatten', name, input }),
);

const edge = z.int().min(0).max(1000);
const edges = z.union([
  edge.transform((all): [number, number, number, number] => [all, all, all, all]),
  z.tuple([edge, edge]).transform(([y, x]): [number, number, number, number] => [y, y, x, x]),
  z
    .tuple([z.tuple([edge, edge]), z.tuple([edge, edge])])
    .transform(([[top, bottom], [left, right]]): [number, number, number, number] => [top, bottom, left, right]),
]);

export const zeroPadding2d = layer(
  z.object({ padding: edges, data_format: channelsLast }),
  (settings, { name, input }, building) => building.add({ op: 'pad', name, input, pads: settings.padding }),
);

const denseSettings = z.object({
  units: z.int().min(1).max(1_000_000),
  activation,
  use_bias: z.boolean().default(true),
});

export const dense = layer(denseSettings, (settings, placed, building) => {
  const { name, input } = placed;
  const { units } = settings;
  if (building.shapeOf(input).kind === 'map') throw refuse(placed, 'it reads a feature map; flatten or pool it first');
  building.weight(`${name}/kernel`, required(placed, building, 'kernel'));
  building.weight(`${name}/bias`, settings.use_bias ? required(placed, building, 'bias') : constant([units], 0));
  return building.add({ op: 'dense', name, input, units, activation: settings.activation });
});

/** Layers that only training uses: they let everything through. */
export const onlyInTraining = layer(z.looseObject({}), (_settings, { input }) => input);

/** Kept where the share is one that our files know; it changes nothing in use. */
export const dropout = layer(z.object({ rate: z.number().min(0).max(1) }), ({ rate }, { name, input }, building) =>
  rate > 0 && rate <= 0.9 ? building.add({ op: 'dropout', name, input, rate }) : input,
);
