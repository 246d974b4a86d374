import type { Estimate } from '../../domain/metrics.ts';
import type { Spread, Validation } from '../../domain/validation.ts';
import { figureText } from '../honesty/words.ts';

type ShuffleVerdict = NonNullable<Validation['shuffled']>['verdict'];

/** Guessing must lie inside the interval. Without one (a single patient group) nothing contradicts it. */
export function shuffleVerdict({ low, high }: Estimate, chance: number): ShuffleVerdict {
  if (low !== null && low > chance) return 'above-chance';
  return high !== null && high < chance ? 'below-chance' : 'at-chance';
}

const endings: Readonly<Record<ShuffleVerdict, (chance: string) => string>> = {
  'at-chance': (chance) => `holds chance (${chance}), as it must: nothing of a label reaches its held-out patients.`,
  'above-chance': (chance) =>
    `lies above chance (${chance}): something of the labels reaches patients that were held out.`,
  'below-chance': (chance) =>
    `lies below chance (${chance}). Nothing leaks; with few patients a class that is held out is rarer in training.`,
};

/** What shuffled labels came to, in one sentence. */
export function shuffleSentence(balanced: Estimate, chance: number, verdict: ShuffleVerdict): string {
  return `With labels shuffled between patient groups, balanced accuracy by scan ${figureText(balanced)} ${endings[verdict](chance.toFixed(2))}`;
}

/** What a validation came to, in one sentence. */
export function validationSentence(balanced: Spread, folds: number, repeats: number, chance: number): string {
  const { mean, sd, min, max, low, high } = balanced;
  const protocol = `${repeats} ${repeats === 1 ? 'time' : 'times'} ${folds}-fold cross-validation by patient group`;
  if (mean === null) return `${protocol}: balanced accuracy by scan is not defined.`;
  const spread =
    sd === null || min === null || max === null
      ? ''
      : `, from ${min.toFixed(2)} to ${max.toFixed(2)} over the repeats (standard deviation ${sd.toFixed(2)})`;
  const interval =
    low === null || high === null ? '' : `; 95 % interval over patient groups ${low.toFixed(2)} to ${high.toFixed(2)}`;
  return `${protocol}: balanced accuracy by scan ${mean.toFixed(2)}${spread}${interval}; chance is ${chance.toFixed(2)}.`;
}
