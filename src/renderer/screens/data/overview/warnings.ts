import { plural } from '../../../format/numbers.ts';
import type { Counts, Split, Summary } from '../types.ts';

/** With fewer scans or patient groups a figure of a class rests on too little. */
export const fewest = 4;

/** Why figures for a class will be uncertain; undefined where they need not be. */
export function classWarning({ scans, groups }: Counts): string | undefined {
  if (scans >= fewest && groups >= fewest) return undefined;
  const few = groups < fewest ? `only ${plural(groups, 'patient group')}` : `only ${plural(scans, 'scan')}`;
  return `${few}: figures for it will be uncertain.`;
}

/** Both kinds of images at once. */
export function domainWarning({ domains }: Pick<Summary, 'domains'>): string | undefined {
  if (Object.values(domains).filter((count) => count > 0).length < 2) return undefined;
  return 'CT in Hounsfield units and windowed pictures are mixed. Training refuses that unless both are asked for.';
}

/** Classes that have no scan in a part: nothing can be learned or measured of them there. */
export function partWarnings({ parts, strategy }: Split, classes: readonly string[]): string[] {
  // In a cross-validation a fold without a class is usual.
  if (strategy !== 'holdout') return [];
  return parts.flatMap(({ part, classes: own }) => {
    const missing = classes.filter((name) => (own[name]?.scans ?? 0) === 0);
    return missing.length === 0 ? [] : [`No scan of ${missing.join(', ')} in ${part}.`];
  });
}
