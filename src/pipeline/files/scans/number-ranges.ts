/** First and last number of a run of file numbers, both included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** A gap of more than this many of the scan's usual steps ends a run; within these bounds, as long series come thinned. */
const widestSteps = 6;
const gapBounds = { least: 20, most: 100 };
/** Shorter runs are misplaced single images when the scan has longer ones too. */
const shortestRun = 3;

/** Where in the numbering a scan lies: its runs of numbers, without misplaced single images. Numbers must rise. */
export function numberRanges(numbers: readonly number[]): NumberRange[] {
  const gaps = numbers.slice(1).map((number, i) => number - (numbers[i] ?? number));
  const usualStep = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 1;
  const limit = Math.min(gapBounds.most, Math.max(gapBounds.least, widestSteps * usualStep));
  const runs: number[][] = [];
  for (const [i, number] of numbers.entries()) {
    const run = runs.at(-1);
    if (run !== undefined && (gaps[i - 1] ?? 0) <= limit) run.push(number);
    else runs.push([number]);
  }
  const long = runs.filter((run) => run.length >= shortestRun);
  return (long.length > 0 ? long : runs).map((run) => ({ first: run[0] ?? 0, last: run.at(-1) ?? 0 }));
}

export function rangesOverlap(a: readonly NumberRange[], b: readonly NumberRange[]): boolean {
  return a.some((x) => b.some((y) => x.first <= y.last && y.first <= x.last));
}

/** Share of the numbers that lie in the ranges, 0..1. */
export function shareInside(numbers: readonly number[], ranges: readonly NumberRange[]): number {
  const inside = numbers.filter((number) => ranges.some(({ first, last }) => first <= number && number <= last));
  return numbers.length === 0 ? 0 : inside.length / numbers.length;
}
