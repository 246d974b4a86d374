import type { WeightedNetwork } from '../../domain/network.ts';
import { openSealedModel, type SealedModel } from '../../network/index.ts';
import { type OpenGate, openGate } from '../../predictions/index.ts';
import { type Explainer, openExplainer } from './explainer.ts';

/** A sealed model with its maps in sight. */
export interface SealedExplainer {
  readonly model: SealedModel;
  readonly network: WeightedNetwork;
  readonly explainer: Explainer;
  /** Undefined: the model was sealed without one. */
  readonly gate: OpenGate | undefined;
}

/** The model that is looked at now: loading it for each image would be felt. */
let kept: SealedExplainer | undefined;

/**
 * Lends a sealed model, every hash checked each time.
 * @param keep whether it stays open for the next one that asks; else no thread is left
 * @throws HilumError `model/…`
 */
export async function withExplainer<T>(
  folder: string,
  keep: boolean,
  use: (lent: SealedExplainer) => Promise<T>,
): Promise<T> {
  const model = await openSealedModel(folder);
  if (kept?.model.sealHash !== model.sealHash) {
    await kept?.explainer.close();
    kept = undefined;
    const network = await model.network();
    const explainer = await openExplainer(network, model.contract, model.gate?.taps);
    kept = { model, network, explainer, gate: model.gate && openGate(model.gate) };
  }
  const lent = kept;
  try {
    return await use(lent);
  } finally {
    if (!keep) {
      kept = undefined;
      await lent.explainer.close();
    }
  }
}
