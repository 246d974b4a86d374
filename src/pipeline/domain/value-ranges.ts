import type { ChannelOrder, Range, RangeName } from './import-network.ts';

type Three = readonly [number, number, number];

/** Network value = (grey 0..255 - mean) / std, for red, green and blue. */
const ranges: Record<RangeName, { readonly mean: number | Three; readonly std: number | Three }> = {
  '0..1': { mean: 0, std: 255 },
  '-1..1': { mean: 127.5, std: 127.5 },
  '0..255': { mean: 0, std: 1 },
  // Torchvision's and Keras Applications' numbers, times 255 where they are for values 0..1.
  imagenet: { mean: [0.485 * 255, 0.456 * 255, 0.406 * 255], std: [0.229 * 255, 0.224 * 255, 0.225 * 255] },
  caffe: { mean: [123.68, 116.779, 103.939], std: 1 },
};

/** A range for each channel of the network, in its own order. */
export interface ChannelRange {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** All channels have the same numbers. */
  readonly isEven: boolean;
}

/** @param order of the network's channels: with `bgr` the first one gets the numbers of blue */
export function channelRange(range: Range, order: ChannelOrder): ChannelRange {
  const { mean, std } = typeof range === 'string' ? ranges[range] : range;
  const spread = (value: number | readonly number[]): readonly number[] => {
    const three = typeof value === 'number' ? [value, value, value] : [...value];
    if (order === 'bgr') three.reverse();
    return order === 'grey' ? three.slice(0, 1) : three;
  };
  const [means, stds] = [spread(mean), spread(std)];
  const isEven = [means, stds].every((values) => values.every((value) => value === values[0]));
  return { mean: means, std: stds, isEven };
}
