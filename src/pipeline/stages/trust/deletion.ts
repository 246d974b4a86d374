import { randomFrom } from '../../domain/random.ts';
import { hotShare, type Trust } from '../../domain/trust.ts';
import { blurredInput, hottest, randomRegion, resized, withoutRegion } from '../../explain/index.ts';
import { type Explainer, logOdds } from '../explain/explainer.ts';
import type { TrustCase } from './case.ts';
import { mean, meanWithInterval, rounded } from './figures.ts';

const regionsAPicture = 4;

interface Falls {
  readonly hot: number;
  readonly random: number;
}

/** (b) of the trust test: what it costs the predicted class to lose the hot fifth, and to lose as much elsewhere in the body. */
export async function deletionPart(
  explainer: Explainer,
  cases: readonly TrustCase[],
  side: number,
): Promise<Trust['deletion']> {
  const falls = await Promise.all(cases.map((each, index) => fallsOf(explainer, each, side, index)));
  const difference = meanWithInterval(
    falls.map(({ hot, random }, index) => ({ value: hot - random, group: cases[index]?.group ?? '' })),
  );
  return {
    pictures: cases.length,
    regions: regionsAPicture,
    hot: rounded(mean(falls.map(({ hot }) => hot))),
    random: rounded(mean(falls.map(({ random }) => random))),
    difference,
    passed: difference.low > 0,
  };
}

async function fallsOf(
  explainer: Explainer,
  { input, explained, body }: TrustCase,
  side: number,
  index: number,
): Promise<Falls> {
  const { predicted, logits } = explained;
  const blurred = blurredInput(input);
  const before = logOdds(logits, predicted);
  const fallWithout = async (region: Uint8Array): Promise<number> => {
    const after = await explainer.explain(withoutRegion(input, blurred, region, side));
    return before - logOdds(after.logits, predicted);
  };
  const hot = hottest(resized(explained.heatOf(predicted), side, side), hotShare);
  const cells = hot.reduce((sum, cell) => sum + cell, 0);
  const random = randomFrom('trust regions', index);
  const elsewhere = Array.from({ length: regionsAPicture }, () => randomRegion(body, side, cells, random));
  const [fall = 0, ...others] = await Promise.all([hot, ...elsewhere].map(fallWithout));
  return { hot: fall, random: mean(others) };
}
