import type { Output } from '../../../../main/ipc/contract.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../../../format/numbers.ts';

export type Estimate = Output<'training/estimate'>;

/** Beyond this share of the machine's memory a run is not safe: the system and the browser need some too. */
const safeShare = 0.8;
const mebibyte = 2 ** 20;

/** `about 3 min`, `20 s to 3 min`. */
export function timeText({ seconds: { low, high } }: Estimate): string {
  const [from, to] = [rough(low), rough(high)];
  return from === to ? `about ${from}` : `${from} to ${to}`;
}

export function memoryText({ peakMemoryMb, machineMemoryMb }: Estimate): string {
  return `${formatBytes(peakMemoryMb * mebibyte)} of ${formatBytes(machineMemoryMb * mebibyte)}`;
}

/** Share of the machine's memory, and whether that is too much. */
export function memoryNeed({ peakMemoryMb, machineMemoryMb }: Estimate): { share: number; isTooMuch: boolean } {
  const share = machineMemoryMb > 0 ? peakMemoryMb / machineMemoryMb : 0;
  return { share, isTooMuch: share > safeShare };
}

/** `120 train, 192 of them have to be read first`; what is cached needs no reading. */
export function imagesText({ images, uncached }: Estimate): string {
  const read = uncached === 0 ? 'features of all are cached' : `${plural(uncached, 'image')} to read first`;
  return `${formatCount(images)} train, ${read}`;
}

/** An estimate says no more than it knows: two digits at most. */
function rough(seconds: number): string {
  if (seconds < 1) return '1 s';
  if (seconds < 20) return formatDuration(Math.ceil(seconds) * 1000).replace('.0', '');
  if (seconds < 90) return formatDuration(Math.round(seconds / 10) * 10_000);
  if (seconds < 3600) return formatDuration(Math.round(seconds / 60) * 60_000);
  return formatDuration(Math.round(seconds / 600) * 600_000);
}
