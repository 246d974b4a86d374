import { writeFile } from 'node:fs/promises';

/** A weight of a layer as Keras names it: `conv/kernel:0`, or `model/conv/kernel`. */
export interface FileWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
  /** In chunks, deflated. */
  readonly isCompressed?: boolean;
}

export interface KerasFile {
  /** Text of `model_config`; left out: a file of weights only. */
  readonly config?: unknown;
  readonly layers: readonly { readonly name: string; readonly weights: readonly FileWeight[] }[];
  /** Names in `layer_names`, where they are not those of the layers. */
  readonly layerNames?: readonly string[];
}

/** Writes what `model.save("x.h5")` of Keras 2 and 3 writes, by the library that reads it. */
export async function writeKerasH5(path: string, { config, layers, layerNames }: KerasFile): Promise<void> {
  const { File, Group, ready } = await import('h5wasm');
  const { FS } = await ready;
  const mount = '/written.h5';
  const file = new File(mount, 'w');
  if (config !== undefined) {
    file.create_attribute('model_config', typeof config === 'string' ? config : JSON.stringify(config));
    file.create_attribute('keras_version', '2.15.0');
  }
  const root = file.create_group('model_weights');
  root.create_attribute('layer_names', [...(layerNames ?? layers.map(({ name }) => name))]);
  for (const layer of layers) {
    const group = root.create_group(layer.name);
    const names = layer.weights.map(({ name }) => name);
    if (names.length > 0) group.create_attribute('weight_names', names);
    for (const { name, shape, data, isCompressed } of layer.weights) {
      const parts = name.split('/');
      const own = parts.pop() ?? name;
      let at = group;
      for (const part of parts) {
        const found = at.get(part);
        at = found instanceof Group ? found : at.create_group(part);
      }
      const stored = isCompressed ? { chunks: [...shape], compression: 9 } : {};
      at.create_dataset({ name: own, data, shape: [...shape], ...stored });
    }
  }
  file.close();
  await writeFile(path, FS.readFile(mount));
  FS.unlink(mount);
}
