import type { Contract } from '../../domain/contract.ts';
import { contractSteps } from '../../domain/contract-words.ts';
import type { DecodedImage } from '../../domain/image.ts';
import type { ViewedTensor } from '../../domain/view.ts';
import { applyContract } from '../../images/index.ts';
import { findBackbone, importedName } from '../../network/index.ts';

/**
 * What the network gets, turned back to grey.
 * @param backbone whose value range counts instead of the contract's
 * @throws HilumError `image/domain-mismatch`, `network/unknown-backbone`
 */
export function tensorOf(image: DecodedImage, given: Contract, backbone: string | undefined): ViewedTensor {
  // An imported one is told by its weights; its range changes the numbers, never the picture that is shown.
  const isGiven = backbone === undefined || backbone === importedName;
  const contract = isGiven ? given : { ...given, ...findBackbone(backbone).valueRange };
  const { size, windows, channels } = contract;
  const values = applyContract(image, contract);
  const planes = Array.from({ length: channels }, (_, channel) => plane(values, channel, contract));
  const [first, ...others] = planes;
  const steps = contractSteps(contract);
  if (first === undefined || others.every((other) => Buffer.compare(first, other) === 0)) {
    return { size, channels: first === undefined ? [] : [{ title: 'All channels', pixels: first }], steps };
  }
  const titled = planes.map((pixels, channel) => ({ title: titleOf(windows, channel), pixels }));
  return { size, channels: titled, steps };
}

function plane(values: Float32Array, channel: number, { size, channels, mean, std }: Contract): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) =>
    Math.round((values[i * channels + channel] ?? 0) * std + mean),
  );
}

function titleOf(windows: Contract['windows'], channel: number): string {
  const window = windows[channel];
  return window === undefined
    ? `Channel ${channel + 1}`
    : `Channel ${channel + 1}: ${window.center} / ${window.width} HU`;
}
