import { plural } from '../../../format/numbers.ts';
import type { Split } from '../types.ts';

type Strategy = Split['strategy'];

const titles: Readonly<Record<Strategy, string>> = {
  holdout: 'Hold-out',
  'k-fold': 'k-fold cross-validation',
  'leave-one-group-out': 'Leave one group out',
  'random-slices': 'Random slices',
};

const meanings: Readonly<Record<Strategy, string>> = {
  holdout:
    'Each patient group stands in one part: training learns from the first, validation says when to stop, and only the evaluation sees the test part.',
  'k-fold': 'Each fold holds out other patient groups; the figures come from all folds together.',
  'leave-one-group-out': 'Each fold holds out one patient group; the figures come from all folds together.',
  'random-slices': 'Slices are dealt out at random, whatever patient they come from. For comparison only.',
};

export function strategyTitle(strategy: Strategy): string {
  return titles[strategy];
}

export function strategyMeaning(strategy: Strategy): string {
  return meanings[strategy];
}

/** Whether the split leaks, in one sentence. */
export function leakSentence({ leakingGroups }: Pick<Split, 'leakingGroups'>): string {
  if (leakingGroups === 0) return 'No patient group stands in more than one part.';
  const groups = plural(leakingGroups, 'patient group stands', 'patient groups stand');
  return `${groups} in more than one part. A run on this split would measure memory, not skill.`;
}

/** `Train`, `Fold 3`. */
export function partTitle(part: string): string {
  return /^\d+$/.test(part) ? `Fold ${part}` : part.charAt(0).toUpperCase() + part.slice(1);
}
