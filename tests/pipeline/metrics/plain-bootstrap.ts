import type { Estimate } from '../../../src/pipeline/domain/metrics.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { quantile } from '../../../src/pipeline/metrics/draws.ts';
import { type Case, casesFrom, sampleOf } from '../../../src/pipeline/metrics/sample.ts';
import type { Sample } from '../../../src/pipeline/metrics/types.ts';

/** The draws of each resample: group indices in the order drawn, as documented. */
export function drawnGroups(groups: number, resamples: number, seed: number): number[][] {
  const random = randomFrom('bootstrap', seed);
  return Array.from({ length: resamples }, () => Array.from({ length: groups }, () => random.below(groups)));
}

/** The bootstrap written down plainly: every resample weighs every case anew. */
export function plainBootstrap(
  items: readonly Case[],
  classes: number,
  groupOf: Int32Array,
  groups: number,
  statistics: readonly ((sample: Sample) => number | null)[],
  { resamples, seed }: { resamples: number; seed: number },
): Estimate[] {
  const cases = casesFrom(items, classes);
  const whole = sampleOf(cases);
  const samples = drawnGroups(groups, resamples, seed).map((draws) =>
    sampleOf(
      cases,
      Float64Array.from(groupOf, (group) => draws.filter((drawn) => drawn === group).length),
    ),
  );
  return statistics.map((statistic) => {
    const value = statistic(whole);
    const drawn = Float64Array.from(samples.map(statistic).filter((each) => each !== null)).sort();
    if (value === null || drawn.length === 0 || drawn.length < resamples / 2) return { value, low: null, high: null };
    const tail = (1 - 0.95) / 2;
    return { value, low: quantile(drawn, tail), high: quantile(drawn, 1 - tail) };
  });
}
