import type { Params } from '../../../pipeline/domain/params.ts';
import type { SweepDefinition } from '../../../pipeline/domain/sweep.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { planRungs, type Rung } from './halving.ts';

/** Epochs that these parameters train, at most. */
export function epochsOf({ training, fine_tuning }: Params): number {
  return training.preset === 'head' ? training.epochs : fine_tuning.epochs;
}

export interface PlannedSweep {
  readonly candidates: readonly Candidate[];
  readonly rungs: readonly Rung[];
}

/** Who competes, and how far each rung goes. @throws HilumError `sweep/too-many` */
export function planOf(params: Params, definition: SweepDefinition): PlannedSweep {
  const candidates = candidatesOf(params, definition);
  const fewest = Math.min(...candidates.map((each) => epochsOf(each.params)));
  const { eta, least_epochs } = definition.halving;
  return { candidates, rungs: planRungs(candidates.length, fewest, { eta, leastEpochs: least_epochs }) };
}
