import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import type { Workspace } from '../../workspace/open.ts';
import { estimateRun, type NetworkKnowledge } from '../estimate.ts';
import { baseKeyOf } from './bench.ts';
import { epochsAt, type Rung } from './halving.ts';
import { epochsOf, type PlannedSweep } from './plan.ts';

export interface SweepCost {
  readonly seconds: { readonly low: number; readonly high: number };
  readonly basis: string;
}

/**
 * What a sweep would cost: the first candidate of each base model pays for its features, all for the epochs of the rungs
 * that a candidate reaches on average.
 * @throws HilumError `dataset/missing`
 */
export async function estimateSweep(
  workspace: Workspace,
  { candidates, rungs }: PlannedSweep,
  know: (params: Params) => Promise<NetworkKnowledge>,
): Promise<SweepCost> {
  const seconds = { low: 0, high: 0 };
  const known = new Set<string>();
  const networks = new Map<string, Promise<NetworkKnowledge>>();
  let basis = '';
  for (const { params } of candidates) {
    const key = baseKeyOf(params);
    const given = { featuresCached: known.has(key) };
    known.add(key);
    const epochs = epochsOf(params);
    const network = networkKeyOf(params);
    const asked = networks.get(network) ?? know(params);
    networks.set(network, asked);
    const knowledge = await asked;
    const least = await estimateRun(workspace, trainedFor(params, 1), knowledge, given);
    const most = epochs === 1 ? least : await estimateRun(workspace, trainedFor(params, epochs), knowledge, given);
    basis ||= most.basis;
    const trained = meanEpochs(rungs, candidates.length, epochs);
    for (const bound of ['low', 'high'] as const) {
      const epoch = epochs === 1 ? 0 : (most.seconds[bound] - least.seconds[bound]) / (epochs - 1);
      seconds[bound] += Math.max(0, least.seconds[bound] - epoch) + trained * epoch;
    }
  }
  return { seconds, basis };
}

/** What the cost of one training step depends on. */
function networkKeyOf({ training, fine_tuning, image, backbone, head }: Params): string {
  return canonicalJson([training.preset, fine_tuning.blocks, image, backbone, head]);
}

/** Epochs that a candidate is trained for, on average over all. */
function meanEpochs(rungs: readonly Rung[], candidates: number, epochs: number): number {
  return rungs.reduce((sum, rung, k) => {
    const before = rungs[k - 1];
    const added = epochsAt(rung, epochs) - (before === undefined ? 0 : epochsAt(before, epochs));
    return sum + (rung.candidates / candidates) * added;
  }, 0);
}

/** Without early stopping, which would make the low bound one of few epochs, and with the least that can be measured. */
function trainedFor(params: Params, epochs: number): Params {
  const { training, fine_tuning, evaluation } = params;
  return {
    ...params,
    training: { ...training, epochs, early_stopping: { ...training.early_stopping, patience: 0 } },
    fine_tuning: { ...fine_tuning, epochs },
    evaluation: { ...evaluation, resamples: 100 },
  };
}
