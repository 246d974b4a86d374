import type { LeakScore, SplitLeak } from '../../domain/leak-meter.ts';
import { listText, percentText } from '../honesty/words.ts';

/** Points of balanced accuracy below which two splits say the same. */
const noticeable = 0.05;

/** Random slices minus patient groups, of the model; null where one of them is not defined. */
export function gapOf(scores: readonly LeakScore[]): number | null {
  const [random, grouped] = [scoreOf(scores, 'model', 'random-slices'), scoreOf(scores, 'model', 'patient-groups')];
  return random === null || grouped === null ? null : random - grouped;
}

/** The gap, in one sentence. */
export function gapSentence(scores: readonly LeakScore[]): string {
  const [random, grouped] = [scoreOf(scores, 'model', 'random-slices'), scoreOf(scores, 'model', 'patient-groups')];
  if (random === null || grouped === null) return 'The balanced accuracy of one of the splits is not defined.';
  const said = `A random slice split says ${percentText(random)}, a split by patient ${percentText(grouped)}`;
  const points = Math.round(100 * random) - Math.round(100 * grouped);
  if (random - grouped >= noticeable) return `${said}: ${points} points are memory of neighbouring slices.`;
  const memorised = scoreOf(scores, 'memoriser', 'random-slices');
  const understood = scoreOf(scores, 'memoriser', 'patient-groups');
  if (memorised === null || understood === null || memorised - understood < noticeable)
    return `${said}: here neighbouring slices give little away.`;
  return `${said}: this classifier takes little from neighbouring slices, but a memoriser gets ${percentText(memorised)} out of them.`;
}

function scoreOf(scores: readonly LeakScore[], scorer: LeakScore['scorer'], split: LeakScore['split']): number | null {
  return scores.find((each) => each.scorer === scorer && each.split === split)?.balanced_accuracy.value ?? null;
}

/** What stands on both sides of the split in use, by name. */
export function splitSentence(leak: SplitLeak | null): string {
  if (leak === null) return 'There is no split yet.';
  const { groups, pairs, named_groups, named_pairs } = leak;
  if (groups === 0 && pairs === 0)
    return 'In the split in use no patient group and no near-duplicate image stands on both sides.';
  const found = [
    groups === 0 ? '' : `${groups} patient group${groups === 1 ? '' : 's'} (${listText(named_groups, groups)})`,
    pairs === 0
      ? ''
      : `${pairs} pair${pairs === 1 ? '' : 's'} of near-duplicate images (${pairText(named_pairs, pairs)})`,
  ];
  return `LEAK in the split in use: on both sides stand ${found.filter((text) => text !== '').join(' and ')}.`;
}

function pairText(pairs: SplitLeak['named_pairs'], total: number): string {
  return listText(
    pairs.slice(0, 3).map(({ a, b }) => `${a} ~ ${b}`),
    total,
  );
}
