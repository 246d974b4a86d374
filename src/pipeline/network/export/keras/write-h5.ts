import { open } from 'node:fs/promises';
import { HilumError } from '../../../domain/errors.ts';
import { openH5 } from './h5.ts';
import type { KerasModel } from './keras-model.ts';

const keras = { keras_version: '2.15.0', backend: 'tensorflow' } as const;
const noNames: string[] = [];

/**
 * Writes the legacy HDF5 layout of Keras 3 (that of Keras 2). h5wasm reports nothing when a write fails: `readBackH5` says
 * whether the file is right.
 * @throws HilumError `disk/full` when the file came out too short
 */
export async function writeH5(path: string, model: KerasModel): Promise<void> {
  const { File } = await openH5();
  const file = new File(path, 'w');
  try {
    file.create_attribute('model_config', model.config);
    for (const [name, value] of Object.entries(keras)) file.create_attribute(name, value);
    const group = file.create_group('model_weights');
    for (const [name, value] of Object.entries(keras)) group.create_attribute(name, value);
    group.create_attribute(
      'layer_names',
      model.layers.map(({ name }) => name),
    );
    for (const { name, weights } of model.layers) {
      const layer = group.create_group(name);
      if (weights.length === 0) {
        layer.create_attribute('weight_names', noNames, [0], 'S1');
        continue;
      }
      layer.create_attribute(
        'weight_names',
        weights.map((weight) => weight.name),
      );
      const inner = layer.create_group(name);
      for (const { name: whole, shape, data } of weights) {
        inner.create_dataset({ name: whole.slice(name.length + 1), data, shape: [...shape] });
      }
    }
  } finally {
    file.close();
  }
  const written = await open(path, 'r+');
  try {
    const least = 4 * model.layers.flatMap(({ weights }) => weights).reduce((sum, { data }) => sum + data.length, 0);
    if ((await written.stat()).size < least) throw new HilumError('disk/full');
    await written.sync();
  } finally {
    await written.close();
  }
}
