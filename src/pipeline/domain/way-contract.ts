import { type Contract, softTissue } from './contract.ts';
import type { StatedContract, Way } from './import-network.ts';
import { channelRange } from './value-ranges.ts';

/** The contract of a way. A range that is not even stands in the network; the contract then hands over plain grey. */
export function contractOf(
  stated: StatedContract,
  way: Way,
  { classes, size, depth }: { readonly classes: readonly string[]; readonly size: number; readonly depth: number },
): Contract {
  const { mean, std, isEven } = channelRange(way.range, way.channels);
  return {
    version: 1,
    classes: [...classes],
    domains: [...stated.domains],
    windows: [softTissue],
    crop: stated.crop,
    padding: stated.padding,
    resize: way.resize,
    size,
    ...(way.rounding === 'none' ? {} : { rounding: way.rounding }),
    channels: depth === 1 ? 1 : 3,
    mean: isEven ? (mean[0] ?? 0) : 0,
    std: isEven ? (std[0] ?? 1) : 1,
  };
}
