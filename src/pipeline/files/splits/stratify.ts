import type { Random } from '../../domain/random.ts';
import { classesOf, groupsWith, type PatientGroup } from './groups.ts';

/** A part and the share of the images it should get; shares sum to 1. The first part is trained on. */
export interface Part {
  readonly name: string;
  readonly share: number;
}

/** A class with fewer groups than parts serves these first: without a test part nothing can be said at all. */
const partsByNeed = ['train', 'test', 'validation'];

/** Random assignments tried in a class, and whole splits tried where groups span classes; the best is kept. */
const triesInClass = 64;
const triesOfSplit = 40;

/**
 * Assigns whole groups to parts, class by class, toward the parts' shares of the images of each class. Every class with
 * enough groups stands in every part.
 * @returns the part of each group by its id
 */
export function stratify(groups: readonly PatientGroup[], parts: readonly Part[], random: Random): Map<string, string> {
  const strata = classesOf(groups).map((name) => groups.filter((group) => group.mainClass === name));
  const spanning = groups.some((group) => group.byClass.size > 1);
  let best: { partOf: Map<string, string>; cost: number } | undefined;
  for (let attempt = 0; attempt < (spanning ? triesOfSplit : 1); attempt++) {
    const partOf = new Map(strata.flatMap((stratum) => [...assignClass(stratum, parts, random)]));
    const cost = costOf(groups, parts, partOf);
    if (best === undefined || cost < best.cost) best = { partOf, cost };
  }
  return best?.partOf ?? new Map();
}

/** The best of several random assignments: parts that must not be empty first, then whichever lacks most images. */
function assignClass(groups: readonly PatientGroup[], parts: readonly Part[], random: Random): Map<string, string> {
  const images = groups.reduce((sum, group) => sum + group.images, 0);
  let best: { partOf: Map<string, string>; cost: number } | undefined;
  for (let attempt = 0; attempt < triesInClass; attempt++) {
    const partOf = new Map<string, string>();
    const missing = new Map(parts.map(({ name, share }) => [name, share * images]));
    const needed = groups.length === 1 ? [drawPart(parts, random)] : partsInNeed(groups.length, parts);
    for (const [i, group] of random.shuffled(groups).entries()) {
      const part = needed[i] ?? largest(missing);
      partOf.set(group.id, part);
      missing.set(part, (missing.get(part) ?? 0) - group.images);
    }
    const cost = [...missing.values()].reduce((sum, each) => sum + Math.abs(each), 0);
    if (best === undefined || cost < best.cost) best = { partOf, cost };
  }
  return best?.partOf ?? new Map();
}

function partsInNeed(groups: number, parts: readonly Part[]): string[] {
  const names = parts.map(({ name }) => name);
  return names.toSorted((a, b) => partsByNeed.indexOf(a) - partsByNeed.indexOf(b)).slice(0, groups);
}

function drawPart(parts: readonly Part[], random: Random): string {
  let rest = random.next();
  for (const { name, share } of parts) {
    rest -= share;
    if (rest < 0) return name;
  }
  return parts[0]?.name ?? '';
}

function largest(missing: ReadonlyMap<string, number>): string {
  let best = '';
  for (const [name, value] of missing) if (best === '' || value > (missing.get(best) ?? 0)) best = name;
  return best;
}

/** Images too many or too few in any class and part; a class that could stand in a part and does not outweighs all of them. */
function costOf(groups: readonly PatientGroup[], parts: readonly Part[], partOf: ReadonlyMap<string, string>): number {
  const absent = groups.reduce((sum, group) => sum + group.images, 1);
  let cost = 0;
  for (const className of classesOf(groups)) {
    const own = groupsWith(groups, className);
    const needed = new Set(partsInNeed(own.length, parts));
    const images = own.reduce((sum, group) => sum + (group.byClass.get(className) ?? 0), 0);
    for (const { name, share } of parts) {
      const inPart = own.filter((group) => partOf.get(group.id) === name);
      const found = inPart.reduce((sum, group) => sum + (group.byClass.get(className) ?? 0), 0);
      cost += Math.abs(found - share * images) + (needed.has(name) && found === 0 ? absent : 0);
    }
  }
  return cost;
}
