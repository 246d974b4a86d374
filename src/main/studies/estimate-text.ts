import type { Estimate } from './estimate.ts';

/** An estimate for people. */
export function estimateText(estimate: Estimate): string {
  const { seconds, peakMemoryMb, availableMemoryMb, images, uncached, trainableParameters, basis, tooLarge } = estimate;
  const lines = [
    `Time       ${minutes(seconds.low)} to ${minutes(seconds.high)}`,
    `Memory     ${peakMemoryMb} MB at its peak; ${availableMemoryMb} MB are free`,
    `Images     ${images} train, ${uncached} without cached features`,
    `Trainable  ${trainableParameters} parameters`,
    basis,
  ];
  if (tooLarge === null) return lines.join('\n');
  const way = tooLarge.batch === null ? 'No batch size fits.' : `fine_tuning.batch_size ${tooLarge.batch} would fit.`;
  return [...lines, `TOO LARGE for this machine: the run would be refused. ${way}`].join('\n');
}

function minutes(seconds: number): string {
  const rounded = Math.max(1, Math.round(seconds));
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
