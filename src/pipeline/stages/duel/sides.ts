import type { Duel } from '../../domain/duel.ts';
import { HilumError } from '../../domain/errors.ts';
import type { Prediction } from '../../domain/metrics.ts';
import { byCodePoint } from '../../domain/names.ts';

/** Answers of A and B, and what neither of them could be asked. */
export interface Sides {
  readonly classes: readonly string[];
  readonly a: readonly Prediction[];
  readonly b: readonly Prediction[];
  readonly leftOut: Duel['left_out'];
  readonly knownImages: number | null;
}

/** The same images in the same order on both sides. */
export interface Paired {
  readonly a: readonly Prediction[];
  readonly b: readonly Prediction[];
  readonly leftOut: Duel['left_out'];
}

/**
 * Joins the two by image; scan, group and truth are A's.
 * @throws HilumError `duel/nothing-shared`, `duel/different-labels` when an image has another truth on the other side
 */
export function paired({ a, b, leftOut }: Sides): Paired {
  const ofB = new Map(b.map((each) => [each.image, each]));
  const both = a
    .flatMap((before) => {
      const after = ofB.get(before.image);
      return after === undefined ? [] : [{ before, after }];
    })
    .sort((x, y) => byCodePoint(x.before.image, y.before.image));
  if (both.length === 0) throw new HilumError('duel/nothing-shared');
  const relabelled = both.filter(({ before, after }) => before.truth !== after.truth).length;
  if (relabelled > 0) throw new HilumError('duel/different-labels', { images: relabelled });
  const only = [
    { what: 'Only A was asked', images: a.length - both.length },
    { what: 'Only B was asked', images: b.length - both.length },
  ];
  return {
    a: both.map(({ before }) => before),
    b: both.map(({ before, after }) => ({ ...before, probabilities: after.probabilities })),
    leftOut: [...only.filter(({ images }) => images > 0), ...leftOut],
  };
}

/** Probabilities in the order of other names for the same classes. @throws HilumError `duel/different-classes` */
export function reordered(from: readonly string[], to: readonly string[]): (values: readonly number[]) => number[] {
  const places = to.map((name) => from.indexOf(name));
  if (from.length !== to.length || places.includes(-1)) throw new HilumError('duel/different-classes');
  return (values) => places.map((place) => values[place] ?? 0);
}
