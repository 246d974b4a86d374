import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileWeight, type KerasFile, writeKerasH5 } from './keras-file.ts';
import { type LayerJson, type SequentialJson, tinySequential } from './tiny-keras.ts';

type Tiny = { config: SequentialJson; layers: KerasFile['layers'] };

export const h5 =
  (name: string, change: (tiny: Tiny) => KerasFile, from: () => Tiny = tinySequential) =>
  async (folder: string): Promise<string> => {
    const path = join(folder, `${name}.h5`);
    await writeKerasH5(path, change(from()));
    return path;
  };

export function layerOf({ config }: Tiny, name: string): LayerJson {
  const found = config.config.layers.find((each) => (each.name ?? each.config.name) === name);
  if (found === undefined) throw new Error(`no layer ${name}`);
  return found;
}

export function withLayer(tiny: Tiny, name: string, change: (layer: LayerJson) => void): Tiny {
  change(layerOf(tiny, name));
  return tiny;
}

export function withWeight(tiny: Tiny, name: string, change: (weight: FileWeight) => FileWeight): Tiny {
  const layers = tiny.layers.map((layer) => ({
    ...layer,
    weights: layer.weights.map((each) => (each.name === name ? change(each) : each)),
  }));
  return { ...tiny, layers };
}

export const bytes =
  (file: string, content: string | Uint8Array) =>
  async (folder: string): Promise<string> => {
    const path = join(folder, file);
    await writeFile(path, content);
    return path;
  };

/** model.json and one shard of a tfjs layers-model, changed. */
export const tfjs =
  (name: string, change: (model: TfjsJson) => void, shard: Uint8Array | null = tfjsWeights()) =>
  async (folder: string): Promise<string> => {
    const own = join(folder, name);
    await mkdir(own);
    const model = tfjsJson();
    change(model);
    await writeFile(join(own, 'model.json'), JSON.stringify(model));
    if (shard !== null) await writeFile(join(own, 'w.bin'), shard);
    return own;
  };

export interface TfjsJson {
  format: string;
  modelTopology: Record<string, unknown> | null;
  weightsManifest: { paths: string[]; weights: Record<string, unknown>[] }[];
}

export function tfjsJson(): TfjsJson {
  const { config, layers } = tinySequential();
  const weights = layers.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => ({ name: name.replace(':0', ''), shape: [...shape], dtype: 'float32' })),
  );
  return {
    format: 'layers-model',
    modelTopology: { model_config: config },
    weightsManifest: [{ paths: ['w.bin'], weights }],
  };
}

export function tfjsWeights(): Uint8Array {
  const all = tinySequential().layers.flatMap((layer) => layer.weights.flatMap(({ data }) => [...data]));
  return new Uint8Array(Float32Array.from(all).buffer);
}

export const zip = (...names: string[]): Uint8Array =>
  Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), Buffer.from(names.join('\0'))]);
