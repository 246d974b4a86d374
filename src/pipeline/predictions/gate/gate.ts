import type { Gate } from '../../domain/gate.ts';
import type { FittedGate } from './fit.ts';
import { distanceFrom, type Gaussian } from './gaussian.ts';
import { pictureFacts } from './picture-facts.ts';

/** A sealed gate, ready to look. */
export interface OpenGate {
  readonly limit: number;
  /** @returns squared Mahalanobis distance a dimension; above the limit the picture is refused */
  distance(looks: Float64Array): number;
}

/** What gate.json holds of a fitted gate. */
export function sealedNumbers({
  gaussian,
  limit,
}: FittedGate): Pick<Gate, 'dimensions' | 'mean' | 'spread' | 'factor' | 'limit' | 'picture_facts'> {
  return {
    picture_facts: [...pictureFacts],
    dimensions: gaussian.mean.length,
    mean: packed(gaussian.mean),
    spread: packed(gaussian.spread),
    factor: packed(gaussian.factor),
    limit,
  };
}

/** @throws RangeError when the numbers do not fit the dimensions: sealed by something else than this program */
export function openGate({ dimensions, mean, spread, factor, limit }: Gate): OpenGate {
  const gaussian: Gaussian = {
    mean: unpacked(mean, dimensions),
    spread: unpacked(spread, dimensions),
    factor: unpacked(factor, (dimensions * (dimensions + 1)) / 2),
  };
  return {
    limit,
    distance(looks) {
      if (looks.length !== dimensions) throw new RangeError(`expected ${dimensions} values, got ${looks.length}`);
      return distanceFrom(gaussian, looks);
    },
  };
}

function packed(values: Float64Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes.toString('base64');
}

function unpacked(text: string, length: number): Float64Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== length * 4) throw new RangeError(`expected ${length} numbers, got ${bytes.length / 4}`);
  return Float64Array.from({ length }, (_, index) => bytes.readFloatLE(index * 4));
}
