import { type BootstrapOptions, groupDraws } from './draws.ts';
import type { GroupedLevel, SparseRows } from './grouped-cases.ts';
import { lanes } from './lanes.ts';
import { rankedLanes } from './ranked-lanes.ts';
import { columnCount, sampleView } from './sample-sums.ts';
import type { Sample } from './types.ts';

/**
 * Draws groups and shows each resample of every level, all levels under the same draw. The samples are the same objects
 * again and again, filled anew: read, never kept.
 * @param visit called in the order of the draws, with a sample a level
 */
export function eachResample(
  levels: readonly GroupedLevel[],
  groups: number,
  { resamples, seed }: BootstrapOptions,
  visit: (resample: number, samples: readonly Sample[]) => void,
): void {
  const draw = groupDraws(groups, seed);
  const times = new Float64Array(groups * lanes);
  const filled = levels.map((level) => ({ level, lanes: emptyLanes(level.classes) }));
  const samplesOf = Array.from({ length: lanes }, (_, lane) =>
    filled.flatMap((each) => each.lanes[lane]?.sample ?? []),
  );
  for (let first = 0; first < resamples; first += lanes) {
    const inUse = Math.min(lanes, resamples - first);
    times.fill(0);
    for (let lane = 0; lane < inUse; lane++) {
      const drawn = draw();
      for (let group = 0; group < groups; group++) times[group * lanes + lane] = drawn[group] ?? 0;
    }
    for (const each of filled) fillLanes(each.level, times, each.lanes);
    for (let lane = 0; lane < inUse; lane++) visit(first + lane, samplesOf[lane] ?? []);
  }
}

interface Lane {
  readonly sums: Float64Array;
  readonly aucs: (number | null)[];
  readonly precisions: (number | null)[];
  /** Views of the three. */
  readonly sample: Sample;
}

function emptyLanes(classes: number): Lane[] {
  return Array.from({ length: lanes }, () => {
    const sums = new Float64Array(columnCount(classes));
    const aucs = new Array<number | null>(classes).fill(null);
    const precisions = new Array<number | null>(classes).fill(null);
    return {
      sums,
      aucs,
      precisions,
      sample: sampleView(sums, classes, { classAucs: aucs, classPrecisions: precisions }),
    };
  });
}

function fillLanes({ sums, walks }: GroupedLevel, times: Float64Array, into: readonly Lane[]): void {
  for (const [lane, { sums: total }] of into.entries()) addUp(sums, times, lane, total);
  const figures = { auc: new Float64Array(lanes), precision: new Float64Array(lanes) };
  walks.forEach((walk, k) => {
    rankedLanes(walk, times, figures);
    into.forEach(({ aucs, precisions }, lane) => {
      aucs[k] = definedOrNull(figures.auc[lane]);
      precisions[k] = definedOrNull(figures.precision[lane]);
    });
  });
}

function addUp({ starts, column, value }: SparseRows, times: Float64Array, lane: number, total: Float64Array): void {
  total.fill(0);
  for (let group = 0; group + 1 < starts.length; group++) {
    const drawn = times[group * lanes + lane] ?? 0;
    if (drawn === 0) continue;
    const end = starts[group + 1] ?? 0;
    for (let entry = starts[group] ?? 0; entry < end; entry++) {
      const at = column[entry] ?? 0;
      total[at] = (total[at] ?? 0) + drawn * (value[entry] ?? 0);
    }
  }
}

function definedOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
