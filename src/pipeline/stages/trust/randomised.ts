import type { Contract } from '../../domain/contract.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { type Trust, trustLimits } from '../../domain/trust.ts';
import { cascade, type Grid, headOf, imageHeat, rankCorrelation, shuffledWeights } from '../../explain/index.ts';
import { openExplainer } from '../explain/explainer.ts';
import type { TrustCase } from './case.ts';
import { mean, rounded } from './figures.ts';

/** Steps from the answer down to the input; each is a network of its own to load. */
const cascadeSteps = 4;
/** Draws of the head alone: it has few weights, and one draw says little. */
const headDraws = 5;

/** (a) of the trust test: maps of the same classes and pictures with weights in random order, from the answer downwards. */
export async function randomisedPart(
  network: WeightedNetwork,
  contract: Contract,
  cases: readonly TrustCase[],
): Promise<Trust['randomised']> {
  const before = cases.map(({ explained }) => explained.heatOf(explained.predicted));
  const head = headCorrelation(network, cases, before);
  const steps: Trust['randomised']['steps'] = [];
  for (const { downTo, network: shuffled } of cascade(network, cascadeSteps)) {
    const after = await mapsOf(shuffled, contract, cases);
    steps.push({ down_to: downTo, correlation: rounded(meanCorrelation(before, after)) });
  }
  const limit = trustLimits.correlation;
  const passed = [head, ...steps.map(({ correlation }) => correlation)].every((correlation) => correlation < limit);
  return { pictures: cases.length, limit, head, steps, passed };
}

/** The maps stay, only what they lead to is shuffled: no other network has to be loaded. */
function headCorrelation(network: WeightedNetwork, cases: readonly TrustCase[], before: readonly Grid[]): number {
  const dense = new Set(network.network.nodes.filter(({ op }) => op === 'dense').map(({ name }) => name));
  const draws = Array.from({ length: headDraws }, (_, draw) => {
    const head = headOf(shuffledWeights(network, dense, draw + 1));
    const after = cases.map(({ explained }) => imageHeat(head, explained.maps).heatOf(explained.predicted));
    return meanCorrelation(before, after);
  });
  return rounded(mean(draws));
}

async function mapsOf(network: WeightedNetwork, contract: Contract, cases: readonly TrustCase[]): Promise<Grid[]> {
  const explainer = await openExplainer(network, contract);
  try {
    return await Promise.all(
      cases.map(async ({ input, explained }) => {
        const shuffled = await explainer.explain(input.values);
        return shuffled.heatOf(explained.predicted);
      }),
    );
  } finally {
    await explainer.close();
  }
}

function meanCorrelation(before: readonly Grid[], after: readonly Grid[]): number {
  return mean(before.map(({ values }, index) => rankCorrelation(values, after[index]?.values ?? [])));
}
