import type { Plane } from '../../domain/image.ts';
import { forSimilarPairs, type ThumbnailIndex } from '../similarity/thumbnail-index.ts';
import type { RecoveredScan } from './link.ts';
import { type NumberRange, numberRanges, rangesOverlap, shareInside } from './number-ranges.ts';
import { mayBeSamePlane } from './scan.ts';

/** A larger scan has a place in the numbering; single images have been seen far from their exam. */
const largestStray = 2;

/** Share of a scan's numbers inside another's range from which the two are taken for one exam. */
const substantialShare = 0.5;

/**
 * Groups the scans of one class and folder into presumed patients by the file numbering: exams follow each other, each
 * axial scans first, then coronal or sagittal ones. In doubt scans stay together: a group too large costs data, a group
 * too small leaks.
 * @returns the number of a group for each scan
 */
export function groupPatients(scans: readonly RecoveredScan[], index: ThumbnailIndex, stray: number): number[] {
  const larger = scans.filter(({ members }) => members.length > largestStray);
  const main = larger.length > 0 ? larger : scans;
  const groupOf = new Map<RecoveredScan, number>();
  const planesKnown = main.some(({ plane }) => plane !== 'unknown');
  const placed = planesKnown ? main.filter(({ numbers }) => numbers.length > 0) : [];
  const groups = walkNumbering(placed);
  for (const [group, members] of groups.entries()) for (const scan of members) groupOf.set(scan, group);
  let next = groups.length;
  for (const scan of main) if (!groupOf.has(scan)) groupOf.set(scan, next++);
  const similar = mostSimilar(scans, main, index, stray);
  const byNumber = groupAtNumber(main, groupOf);
  for (const scan of scans) {
    if (groupOf.has(scan)) continue;
    const relative = similar.get(scan);
    groupOf.set(scan, (relative && groupOf.get(relative)) ?? byNumber(scan.numbers[0]) ?? next++);
  }
  return scans.map((scan) => groupOf.get(scan) ?? 0);
}

interface Group {
  readonly members: RecoveredScan[];
  readonly ranges: NumberRange[];
}

/** A new group begins when an axial scan follows a coronal or sagittal one and lies apart from the current group. */
function walkNumbering(scans: readonly RecoveredScan[]): RecoveredScan[][] {
  const placed = scans
    .map((scan) => ({ scan, ranges: numberRanges(scan.numbers) }))
    .sort((a, b) => start(a.ranges) - start(b.ranges) || start(a.scan.numbers) - start(b.scan.numbers));
  const groups: Group[] = [];
  let lastPlane: Plane = 'unknown';
  for (const { scan, ranges } of placed) {
    const current = groups.at(-1);
    const newExam = scan.plane === 'axial' && (lastPlane === 'coronal' || lastPlane === 'sagittal');
    const apart = current === undefined || !rangesOverlap(ranges, current.ranges);
    const earlier = apart
      ? groups.findLast((group) => shareInside(scan.numbers, group.ranges) >= substantialShare)
      : current;
    const home = earlier ?? (newExam ? undefined : current);
    if (home === undefined) groups.push({ members: [scan], ranges: [...ranges] });
    else {
      home.members.push(scan);
      home.ranges.push(...ranges);
    }
    if (earlier === undefined || earlier === current) lastPlane = scan.plane === 'unknown' ? lastPlane : scan.plane;
  }
  return groups.map(({ members }) => members);
}

function start(values: readonly (NumberRange | number)[]): number {
  const first = values[0] ?? 0;
  return typeof first === 'number' ? first : first.first;
}

/** For each stray the main scan of its plane with the highest correlation between any two images, if that reaches `stray`. */
function mostSimilar(
  scans: readonly RecoveredScan[],
  main: readonly RecoveredScan[],
  index: ThumbnailIndex,
  stray: number,
): Map<RecoveredScan, RecoveredScan> {
  const best = new Map<RecoveredScan, { scan: RecoveredScan; correlation: number }>();
  const isMain = new Set(main);
  if (isMain.size === scans.length) return new Map();
  const owner: RecoveredScan[] = [];
  for (const scan of scans) for (const member of scan.members) owner[member] = scan;
  const pairOf = (i: number, j: number): { lost: RecoveredScan; home: RecoveredScan } | undefined => {
    const [a, b] = [owner[i], owner[j]];
    if (a === undefined || b === undefined || isMain.has(a) === isMain.has(b)) return undefined;
    if (!mayBeSamePlane(a.plane, b.plane)) return undefined;
    return isMain.has(a) ? { lost: b, home: a } : { lost: a, home: b };
  };
  forSimilarPairs(
    index,
    stray,
    (i, j) => pairOf(i, j) === undefined,
    (i, j, correlation) => {
      const pair = pairOf(i, j);
      if (pair === undefined || correlation <= (best.get(pair.lost)?.correlation ?? Number.NEGATIVE_INFINITY)) return;
      best.set(pair.lost, { scan: pair.home, correlation });
    },
  );
  return new Map([...best].map(([lost, { scan }]) => [lost, scan]));
}

/** The group of the image with the nearest lower file number, else with the lowest of all. */
function groupAtNumber(
  main: readonly RecoveredScan[],
  groupOf: ReadonlyMap<RecoveredScan, number>,
): (number: number | undefined) => number | undefined {
  const places = main
    .flatMap((scan) => scan.numbers.map((number) => ({ number, group: groupOf.get(scan) })))
    .sort((a, b) => a.number - b.number);
  return (number) =>
    number === undefined ? undefined : (places.findLast((place) => place.number <= number) ?? places[0])?.group;
}
