import { formatCount } from '../../../format/numbers.ts';
import type { Summary } from '../types.ts';

const counted = [
  ['found', 'files found'],
  ['accepted', 'accepted'],
  ['duplicates', 'duplicates'],
  ['refused', 'refused'],
  ['images', 'images'],
  ['scans', 'scans'],
  ['groups', 'patient groups'],
] as const;

/** What another reading of the source changed, as `images 48 to 50`; empty where every count is the same. */
export function changesBetween(before: Summary, after: Summary): string[] {
  const all = counted.flatMap(([key, name]) => step(name, before[key], after[key]));
  const names = new Set([...Object.keys(before.classes), ...Object.keys(after.classes)]);
  const classes = [...names].flatMap((name) => {
    const [old, now] = [before.classes[name], after.classes[name]];
    if (old === undefined) return [`new class ${name} with ${formatCount(now?.images ?? 0)} images`];
    if (now === undefined) return [`class ${name} is gone`];
    return step(`images of ${name}`, old.images, now.images);
  });
  return [...all, ...classes];
}

/** One sentence about a reading that is done. */
export function changeSentence(before: Summary | null, after: Summary | null): string {
  if (after === null) return 'The dataset is gone.';
  if (before === null) return `Read: ${formatCount(after.images)} images of ${formatCount(after.scans)} scans.`;
  const changes = changesBetween(before, after);
  if (changes.length === 0) return `Read again: every count is as before, ${formatCount(after.found)} files.`;
  return `Read again. Changed: ${changes.join(', ')}.`;
}

function step(name: string, before: number, after: number): string[] {
  return before === after ? [] : [`${name} ${formatCount(before)} to ${formatCount(after)}`];
}
