import type { Contract } from '../../domain/contract.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { headOf, type ImageHeat, imageHeat } from '../../explain/index.ts';
import { channelsOf, toOnnx } from '../../network/index.ts';
import { createMapEngine, type NodeMap } from '../../predictions/index.ts';

/** What a network answers for one input, and a way to ask where it looked. */
export interface Explained extends ImageHeat {
  readonly probabilities: Float32Array;
  /** Index of the most probable class. */
  readonly predicted: number;
  readonly maps: readonly NodeMap[];
  /** Averaged maps of the nodes in `pooled`. */
  readonly pooled: Float32Array;
}

/** A network with its maps in sight: the very weights and operations of the sealed one. */
export interface Explainer {
  readonly planes: 1 | 3;
  /** @param input as the contract makes it, left whole */
  explain(input: Float32Array): Promise<Explained>;
  close(): Promise<void>;
}

/** @param pooled nodes whose averaged maps are wanted beside, for the out-of-distribution gate */
export async function openExplainer(
  network: WeightedNetwork,
  contract: Pick<Contract, 'windows'>,
  pooled: readonly string[] = [],
): Promise<Explainer> {
  const head = headOf(network);
  const onnx = toOnnx(network, { channels: channelsOf(contract), maps: head.maps, pooled });
  const engine = await createMapEngine(onnx);
  return {
    planes: engine.planes,
    async explain(input) {
      const answer = await engine.run(input);
      const predicted = answer.probabilities.indexOf(Math.max(...answer.probabilities));
      return { ...answer, predicted, ...imageHeat(head, answer.maps) };
    },
    close: engine.close,
  };
}

/** Natural logarithm of p / (1 - p) of a class, exact where the probability itself is rounded to 1. */
export function logOdds(logits: Float64Array, classIndex: number): number {
  const others = [...logits].filter((_, index) => index !== classIndex);
  const highest = Math.max(...others);
  const sum = others.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  return (logits[classIndex] ?? Number.NaN) - highest - Math.log(sum);
}
