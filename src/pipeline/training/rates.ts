import { correctedRate } from './adam.ts';

/** Weights that learn at one rate and join in one epoch. */
export interface RateGroup {
  readonly weights: readonly string[];
  /** Share of the learning rate. */
  readonly share: number;
  /** 1-based. */
  readonly joins: number;
}

/** What gradual unfreezing and discriminative rates say; from params.fine_tuning. */
export interface RatePlan {
  readonly layer_decay: number;
  readonly unfreeze_every: number;
}

/**
 * Rates and turns of the groups: each learns at `layer_decay` of the rate of the group above it (Howard and Ruder 2018, section
 * 3.2). With `unfreeze_every` the first two (the head and the block below it) train from the start, and so many epochs later the
 * next one joins each time.
 * @param groups weight names, from the head down
 */
export function rateGroups(groups: readonly (readonly string[])[], plan: RatePlan): RateGroup[] {
  return groups.map((weights, depth) => ({
    weights,
    share: plan.layer_decay ** depth,
    joins: 1 + Math.max(0, depth - 1) * plan.unfreeze_every,
  }));
}

/**
 * Adam's rate of each weight that trains in this step; a weight is absent before its group joins. The bias correction counts the
 * updates of the weight itself, which follow from the epoch that it joined in.
 * @param learningRate of the head in this epoch
 * @param step 1-based over the whole training
 * @param stepsPerEpoch batches of every epoch
 */
export function ratesAt(
  groups: readonly RateGroup[],
  learningRate: number,
  epoch: number,
  step: number,
  stepsPerEpoch: number,
): Map<string, number> {
  const rates = new Map<string, number>();
  for (const { weights, share, joins } of groups) {
    if (joins > epoch) continue;
    const rate = correctedRate(learningRate * share, step - (joins - 1) * stepsPerEpoch);
    for (const name of weights) rates.set(name, rate);
  }
  return rates;
}
