import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic, writeFolderAtomic } from '../../disk/atomic.ts';
import { HilumError } from '../../domain/errors.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { shapesOf } from '../shapes.ts';
import { readTfjs } from '../tfjs/read.ts';
import { writeTfjs } from '../tfjs/write.ts';
import type { Backbone } from './backbone.ts';

/** Its name in params.yaml; `backbone.weights` says which one. */
export const importedName = 'imported';
const descriptionFile = 'backbone.json';

const descriptionSchema = z.strictObject({
  version: z.literal(1),
  title: z.string(),
  /** Network value = (grey 0..255 - mean) / std. */
  value_range: z.strictObject({ mean: z.number(), std: z.number().positive() }),
  /** Height and width that it was imported with. */
  size: z.int().min(1),
  /** Other sizes are possible, as no layer depends on it. */
  free_size: z.boolean(),
});

export interface ImportedBackbone {
  readonly title: string;
  readonly valueRange: Backbone['valueRange'];
  readonly size: number;
  readonly isFreeSize: boolean;
}

/** A tfjs layers-model that answers with a feature map, and what feeds it: all files or none. */
export async function writeImportedBackbone(
  folder: string,
  net: WeightedNetwork,
  about: ImportedBackbone,
): Promise<void> {
  const description: z.infer<typeof descriptionSchema> = {
    version: 1,
    title: about.title,
    value_range: { ...about.valueRange },
    size: about.size,
    free_size: about.isFreeSize,
  };
  await writeFolderAtomic(folder, async (aside) => {
    await writeTfjs(aside, net);
    await writeFileAtomic(join(aside, descriptionFile), `${JSON.stringify(description, null, 2)}\n`);
  });
}

/**
 * A backbone that was imported, with its weights: one feature level, `top`, the average of its last map.
 * @throws HilumError `network/weights-missing`, `network/…`
 */
export async function readImportedBackbone(folder: string): Promise<{ backbone: Backbone; net: WeightedNetwork }> {
  const text = await readFile(join(folder, descriptionFile), 'utf8').catch((error: unknown) => {
    throw new HilumError('network/not-imported', {}, { cause: error });
  });
  const about = descriptionSchema.safeParse(parseJson(text));
  if (!about.success)
    throw new HilumError('network/bad-file', { file: descriptionFile, what: 'it is not what an import writes' });
  const { title, value_range: valueRange, size, free_size: isFreeSize } = about.data;
  const net = await readTfjs(folder);
  const { network } = net;
  const backbone: Backbone = {
    id: importedName,
    title,
    licence: 'as its makers state',
    valueRange,
    defaultSize: size,
    features: ['top'],
    build: (wanted) => {
      if (wanted !== size && !isFreeSize) throw new HilumError('network/fixed-size', { title, size, wanted });
      return { ...network, input: { ...network.input, size: wanted } };
    },
    nodeOfFeature: () => network.output,
    blocks: [],
    blockOfNode: () => undefined,
  };
  return { backbone, net };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not what an import writes either; the schema says so.
    return undefined;
  }
}

/** The map that a node answers with. @throws HilumError `network/no-map` */
export function mapOf(network: WeightedNetwork['network'], node: string) {
  const shape = shapesOf(network).get(node);
  if (shape?.kind !== 'map') throw new HilumError('network/no-map');
  return shape;
}
