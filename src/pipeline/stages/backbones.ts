import { type BackboneFacts, type BackbonesInput, backbonesInputSchema } from '../domain/stage-inputs.ts';
import { backbones, hasWeights, importedName, levelDimensions, readImportedBackbone } from '../network/index.ts';
import type { Stage } from './stage.ts';

/** Every backbone that params.yaml may name, for a form. Nothing is loaded. */
export const listBackbones: Stage<BackbonesInput> = {
  input: backbonesInputSchema,
  async run({ configured, weights }): Promise<BackboneFacts[]> {
    const known = backbones.map((backbone) => ({
      name: backbone.id,
      title: backbone.title,
      features: [...backbone.features],
      dimensions: levelDimensions(backbone),
      ready: hasWeights(backbone, backbone.id === configured ? weights : undefined),
    }));
    if (configured !== importedName || weights === undefined) return known;
    const { backbone } = await readImportedBackbone(weights);
    const { id: name, title } = backbone;
    return [
      ...known,
      { name, title, features: [...backbone.features], dimensions: levelDimensions(backbone), ready: true },
    ];
  },
};
