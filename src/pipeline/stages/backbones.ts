import { type BackboneFacts, type BackbonesInput, backbonesInputSchema } from '../domain/stage-inputs.ts';
import { backbones, hasWeights, levelDimensions } from '../network/index.ts';
import type { Stage } from './stage.ts';

/** Every backbone that params.yaml may name, for a form. Nothing is loaded. */
export const listBackbones: Stage<BackbonesInput> = {
  input: backbonesInputSchema,
  async run({ configured, weights }): Promise<BackboneFacts[]> {
    return backbones.map((backbone) => ({
      name: backbone.id,
      title: backbone.title,
      features: [...backbone.features],
      dimensions: levelDimensions(backbone),
      ready: hasWeights(backbone, backbone.id === configured ? weights : undefined),
    }));
  },
};
