import type { WeightArray, WeightedNetwork } from '../domain/network.ts';
import { type TrainingCost, type TrainingCostInput, trainingCostInputSchema } from '../domain/training-cost.ts';
import {
  attachHead,
  backboneWithoutWeights,
  featureNetwork,
  findBackbone,
  importedName,
  mapsBehind,
  openBackbone,
} from '../network/index.ts';
import type { Stage } from './stage.ts';
import { trainedBlocks } from './train/blocks.ts';

/** From the backbone's definition alone: nothing is read or trained. MobileNetV2 counts at width 1, whatever the user's weights are. */
export const trainingCost: Stage<TrainingCostInput> = {
  input: trainingCostInputSchema,
  async run({ params, classes }): Promise<TrainingCost> {
    const { backbone, loaded } = await described(params);
    const features = featureNetwork(loaded, backbone, params.backbone.features);
    const whole = attachHead(features, { ...params.head, classes });
    const trained = trainedBlocks(whole, params.backbone.name, params).flatMap((block) => block.weights);
    return {
      trainable: valuesIn(whole, (name) => trained.includes(name)),
      parameters: valuesIn(whole, () => true),
      mapsMb: (mapsBehind(whole.network, trained) * Float32Array.BYTES_PER_ELEMENT) / 2 ** 20,
    };
  },
};

/** An imported backbone is described by its files alone. */
async function described({ backbone: { name, weights: weightsFolder }, image: { size } }: TrainingCostInput['params']) {
  if (name === importedName) return openBackbone(name, { size, weightsFolder });
  const backbone = findBackbone(name);
  return { backbone, loaded: backboneWithoutWeights(backbone, size) };
}

function valuesIn({ weights }: WeightedNetwork, counts: (name: string) => boolean): number {
  const arrays: WeightArray[] = [...weights].flatMap(([name, array]) => (counts(name) ? [array] : []));
  return arrays.reduce((sum, { data }) => sum + data.length, 0);
}
