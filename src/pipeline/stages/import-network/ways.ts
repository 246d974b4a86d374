import { resizeRules } from '../../domain/contract.ts';
import {
  type ChannelOrder,
  type Range,
  rangeNames,
  type StatedContract,
  type Way,
} from '../../domain/import-network.ts';
import { channelRange } from '../../domain/value-ranges.ts';

/** Every way that the stated part allows, the usual ones first. @param depth channels of the network's input */
export function waysOf(stated: StatedContract, depth: number): Way[] {
  const ways: Way[] = [];
  for (const resize of stated.resize === undefined ? resizeRules : [stated.resize]) {
    // Nearest pixels of eight bits are whole already.
    const usual = resize.startsWith('nearest') ? (['none'] as const) : (['none', 'byte', 'each-pass'] as const);
    for (const rounding of stated.rounding === undefined ? usual : [stated.rounding]) {
      for (const range of stated.range === undefined ? rangeNames : [stated.range]) {
        for (const channels of ordersOf(stated, range, depth)) ways.push({ resize, rounding, range, channels });
      }
    }
  }
  return ways;
}

/** The order matters only where the channels have numbers of their own: a grey picture is alike in all of them. */
function ordersOf({ channels }: StatedContract, range: Range, depth: number): readonly ChannelOrder[] {
  if (depth === 1) return ['grey'];
  if (channels !== undefined && channels !== 'grey') return [channels];
  return channelRange(range, 'rgb').isEven ? ['rgb'] : ['rgb', 'bgr'];
}
