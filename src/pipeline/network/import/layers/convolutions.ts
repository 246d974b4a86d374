import { z } from 'zod';
import type { Building, PlacedLayer } from '../build.ts';
import { layer } from './layer-builder.ts';
import { windowSettings } from './settings.ts';
import { required } from './weights.ts';

const filters = z.int().min(1).max(100_000);
const single = z.literal(1, 'expected 1').default(1);
type Window = z.infer<typeof windowSettings>;

const windowOf = ({ kernel_size, strides, padding }: Window) => ({ kernelSize: kernel_size, stride: strides, padding });

function addBias(placed: PlacedLayer, building: Building): void {
  building.weight(`${placed.name}/bias`, required(placed, building, 'bias'));
}

export const conv2d = layer(windowSettings.extend({ filters, groups: single }), (settings, placed, building) => {
  const { name, input } = placed;
  const { activation, use_bias: bias } = settings;
  building.weight(`${name}/kernel`, required(placed, building, 'kernel'));
  if (bias) addBias(placed, building);
  return building.add({ op: 'conv', name, input, filters: settings.filters, ...windowOf(settings), bias, activation });
});

export const depthwiseConv2d = layer(
  windowSettings.extend({ depth_multiplier: single }),
  (settings, placed, building) => {
    const { name, input } = placed;
    const { activation, use_bias: bias } = settings;
    building.weight(`${name}/depthwise_kernel`, required(placed, building, 'depthwise_kernel', 'kernel'));
    if (bias) addBias(placed, building);
    return building.add({ op: 'depthwise', name, input, ...windowOf(settings), bias, activation });
  },
);

/** A depthwise convolution and one of single pixels behind it. */
export const separableConv2d = layer(
  windowSettings.extend({ filters, depth_multiplier: single }),
  (settings, placed, building) => {
    const { name, input } = placed;
    const { activation, use_bias: bias } = settings;
    const first = `${name}_depthwise`;
    building.weight(`${first}/depthwise_kernel`, required(placed, building, 'depthwise_kernel'));
    building.weight(`${name}/kernel`, required(placed, building, 'pointwise_kernel'));
    if (bias) addBias(placed, building);
    const plain = { bias: false, activation: 'linear' } as const;
    building.add({ op: 'depthwise', name: first, input, ...windowOf(settings), ...plain });
    const pixel = { kernelSize: 1, stride: 1, padding: 'valid' } as const;
    return building.add({ op: 'conv', name, input: first, filters: settings.filters, ...pixel, bias, activation });
  },
);
