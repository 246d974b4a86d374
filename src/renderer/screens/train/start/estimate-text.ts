import type { Output } from '../../../../main/ipc/contract.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../../../format/numbers.ts';

export type Estimate = Output<'training/estimate'>;

const mebibyte = 2 ** 20;

/** `about 3 min`, `20 s to 3 min`. */
export function timeText({ seconds: { low, high } }: Pick<Estimate, 'seconds'>): string {
  const [from, to] = [rough(low), rough(high)];
  return from === to ? `about ${from}` : `${from} to ${to}`;
}

export function memoryText({ peakMemoryMb, availableMemoryMb }: Estimate): string {
  return `${formatBytes(peakMemoryMb * mebibyte)}, ${formatBytes(availableMemoryMb * mebibyte)} are free`;
}

/** Why a run would be refused, and what would fit; undefined when it has room. */
export function refusalText({ tooLarge, peakMemoryMb, availableMemoryMb }: Estimate): string | undefined {
  if (tooLarge === null) return undefined;
  const need = formatBytes(peakMemoryMb * mebibyte);
  const free = formatBytes(availableMemoryMb * mebibyte);
  const way =
    tooLarge.batch === null
      ? 'Train fewer blocks or the head alone, or choose a smaller input size.'
      : `A batch size of ${tooLarge.batch} would fit.`;
  return `This run would need ${need} of memory, and ${free} are free: it would be refused. ${way}`;
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
