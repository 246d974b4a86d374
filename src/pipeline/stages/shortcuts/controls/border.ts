import type { Contract } from '../../../domain/contract.ts';
import { applyContract } from '../../../images/index.ts';
import type { Control } from '../control.ts';

/** Width of the frame, as a share of the picture's side. */
const frame = 0.08;
/** Pieces that each side of the frame is averaged in. */
const pieces = 24;

/** The outermost pixels of the picture as the network gets it: body crop and resize are applied before. */
export const border: Control = {
  name: 'border',
  title: 'Border',
  sees: `a frame of ${Math.round(100 * frame)} % of the picture as the network gets it; nothing inside`,
  tells: 'The border alone tells the class',
  suspicion: 'Padding, cropping, tables or burnt-in text differ by class, and a model may learn those.',
  look: ({ image, contract }) => ({
    numbers: frameOf(greyOf(applyContract(image, contract, 1), contract), contract.size),
  }),
  asTheModel: false,
};

/** Grey as parts of 1, whatever the backbone wants it scaled to. */
function greyOf(values: Float32Array, { mean, std }: Contract): Float32Array {
  return values.map((value) => (value * std + mean) / 255);
}

/** Mean and spread of each piece of each side. @param pixels size * size values */
function frameOf(pixels: Float32Array, size: number): number[] {
  const depth = Math.max(1, Math.round(frame * size));
  const sides: ((along: number, across: number) => number)[] = [
    (along, across) => across * size + along,
    (along, across) => (size - 1 - across) * size + along,
    (along, across) => along * size + across,
    (along, across) => along * size + size - 1 - across,
  ];
  return sides.flatMap((at) =>
    Array.from({ length: pieces }, (_, piece) => {
      const from = Math.floor((piece * size) / pieces);
      const to = Math.max(from + 1, Math.floor(((piece + 1) * size) / pieces));
      return momentsOf(pixels, at, from, to, depth);
    }).flat(),
  );
}

function momentsOf(
  pixels: Float32Array,
  at: (along: number, across: number) => number,
  from: number,
  to: number,
  depth: number,
): [number, number] {
  let sum = 0;
  let squares = 0;
  for (let along = from; along < to; along++) {
    for (let across = 0; across < depth; across++) {
      const value = pixels[at(along, across)] ?? 0;
      sum += value;
      squares += value * value;
    }
  }
  const count = (to - from) * depth;
  const mean = sum / count;
  return [mean, Math.sqrt(Math.max(0, squares / count - mean * mean))];
}
