import { distanceFrom, fitGaussian, type Gaussian } from './gaussian.ts';

/** One picture of the study. */
export interface Seen {
  readonly group: string;
  readonly looks: Float64Array;
  /** A benign copy: it widens bell and limit, and is not counted. */
  readonly isCopy?: boolean;
}

export interface FittedGate {
  readonly gaussian: Gaussian;
  readonly limit: number;
  readonly groups: number;
  /** Share of images refused in groups that neither matrix nor limit came from. */
  readonly refused: number;
  /** Groups of which more than the allowed share was refused then. */
  readonly groupsAbove: number;
}

interface Distance {
  readonly value: number;
  readonly isCopy: boolean;
}

/** Fits of a matrix cost little, but leaving two folds out takes a fit for each pair. */
const mostFolds = 8;
const fewestGroups = 3;
/**
 * The largest value of a few groups is below what the next group may need. On 15 CT exams 1 % of the images of an unseen
 * exam are refused instead of 5.2 %, while the nearest photograph stays at 2.2 times the limit, MR at 1.8, head CT at 1.2.
 */
const spareForFew = 1.25;

/**
 * A bell over what the study's pictures look like, and the distance from which on a picture is refused.
 *
 * Patient groups are left out in turn, and each gets the distance that all but `refusals` of its images stay within. The
 * limit is the quantile of these by group (conformal, one value a group): the largest of them and a quarter more where there
 * are fewer than 1/refusals groups. How much is refused is then measured with groups that even the limit has not seen.
 * @param refusals share of a new group's images that may be refused, above 0
 * @returns undefined with fewer than 3 groups: nothing could be held out
 */
export function fitGate(seen: readonly Seen[], refusals: number): FittedGate | undefined {
  const names = [...new Set(seen.map(({ group }) => group))].sort();
  if (names.length < fewestGroups) return undefined;
  const folds = Math.min(mostFolds, names.length);
  const foldOf = new Map(names.map((name, index) => [name, index % folds]));
  const inFolds = (holds: (fold: number) => boolean): Seen[] =>
    seen.filter(({ group }) => holds(foldOf.get(group) ?? 0));
  /** Distances of a fold's groups from a bell without it and without another one. */
  const distances = (fold: number, without: number): Map<string, Distance[]> => {
    const gaussian = gaussianOf(inFolds((each) => each !== fold && each !== without));
    const held = Map.groupBy(
      inFolds((each) => each === fold),
      ({ group }) => group,
    );
    const from = ({ looks, isCopy = false }: Seen): Distance => ({ value: distanceFrom(gaussian, looks), isCopy });
    return new Map([...held].map(([group, own]) => [group, own.map(from)]));
  };
  const all = Array.from({ length: folds }, (_, fold) => fold);
  const leftOut = all.map((fold) => distances(fold, fold));
  let refused = 0;
  let groupsAbove = 0;
  for (const fold of all) {
    const others = all.filter((each) => each !== fold).flatMap((each) => [...distances(each, fold).values()]);
    const limit = limitOf(others, refusals);
    for (const images of leftOut[fold]?.values() ?? []) {
      const own = images.filter(({ isCopy }) => !isCopy);
      const outside = own.filter(({ value }) => value > limit).length;
      refused += outside;
      if (outside > refusals * own.length) groupsAbove++;
    }
  }
  const limit = limitOf(
    leftOut.flatMap((groups) => [...groups.values()]),
    refusals,
  );
  const gaussian = gaussianOf(seen);
  const images = seen.filter(({ isCopy = false }) => !isCopy).length;
  return { gaussian, limit, groups: names.length, refused: refused / images, groupsAbove };
}

function gaussianOf(seen: readonly Seen[]): Gaussian {
  return fitGaussian(seen.map(({ looks }) => looks));
}

/** @param groups distances of each group's images from a bell without it */
function limitOf(groups: readonly (readonly Distance[])[], refusals: number): number {
  const reaches = groups.map((distances) =>
    valueAtRank(
      distances.map(({ value }) => value),
      distances.length * (1 - refusals),
    ),
  );
  const limit = valueAtRank(reaches, (reaches.length + 1) * (1 - refusals));
  return reaches.length + 1 < 1 / refusals ? limit * spareForFew : limit;
}

/** The value at a rank from 1 on, rounded up and kept within the values. */
function valueAtRank(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  // The product may round above a whole number that it stands for.
  const whole = Math.ceil(rank - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, whole)) - 1] ?? 0;
}
