import type { Contract } from '../../domain/contract.ts';
import type { DecodedImage } from '../../domain/image.ts';
import { thumbnailSide } from '../../domain/view.ts';
import { applyContract } from '../../images/index.ts';

/** The way into the network, with grey values left as they are: whole picture, black around it, soft tissue window. */
const rules: Contract = {
  version: 1,
  classes: ['any', 'other'],
  domains: ['display', 'hounsfield'],
  windows: [{ center: 40, width: 400 }],
  crop: 'none',
  padding: 'square',
  resize: 'area',
  size: thumbnailSide,
  channels: 3,
  mean: 0,
  std: 1,
};

export function thumbnailOf(image: DecodedImage): Uint8Array {
  return Uint8Array.from(applyContract(image, rules, 1), Math.round);
}
