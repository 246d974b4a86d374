import type { Contract, HounsfieldWindow } from '../../domain/contract.ts';
import { applyContract } from '../contract.ts';
import type { Picture } from '../grey.ts';

/** A picture in the network's input size, before normalisation. */
export interface GreyPlanes {
  readonly size: number;
  /** 1: all channels carry the same grey. */
  readonly planes: 1 | 3;
  /** size x size x planes in 1/256 grey levels of 255, rows, columns, planes. */
  readonly values: Uint16Array;
  /** How much wider than the contract's windows they were taken, as a share of the width on each side; 0 for display pictures. */
  readonly margin: number;
}

/** Steps of one grey level: the rounding is far below the noise of any picture. */
export const greySteps = 256;

/**
 * Window, crop, padding and resize of the contract. Hounsfield values are taken through windows that are wider by what a jitter
 * may ask for, so that it finds what the contract's own window would have cut off.
 * @param jitter largest change of centre and width, as a share of the width
 * @throws HilumError `image/domain-mismatch`
 */
export function greyPlanes(image: Picture, contract: Contract, jitter: number): GreyPlanes {
  const isHounsfield = image.domain === 'hounsfield';
  // A centre moved by j and a width grown by j reach j + j/2 of the width beyond each edge.
  const margin = isHounsfield ? 1.5 * jitter : 0;
  const planes = isHounsfield && contract.windows.length === 3 ? 3 : 1;
  const rules: Contract = { ...contract, windows: widened(contract.windows, margin), mean: 0, std: 1 };
  const grey = applyContract(image, rules, planes);
  return {
    size: contract.size,
    planes,
    values: Uint16Array.from(grey, (value) => Math.round(value * greySteps)),
    margin,
  };
}

function widened(windows: Contract['windows'], margin: number): Contract['windows'] {
  const wide = ({ center, width }: HounsfieldWindow): HounsfieldWindow => ({ center, width: width * (1 + 2 * margin) });
  const [first, second, third] = windows;
  return second === undefined || third === undefined ? [wide(first)] : [wide(first), wide(second), wide(third)];
}
