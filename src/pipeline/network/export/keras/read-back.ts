import { HilumError } from '../../../domain/errors.ts';
import { sameShape } from '../../weights.ts';
import { openH5 } from './h5.ts';
import type { KerasModel } from './keras-model.ts';

/** Compares what stands in the file with what was meant, bit by bit. @throws HilumError `export/differs` */
export async function readBackH5(path: string, model: KerasModel): Promise<void> {
  const h5 = await openH5();
  try {
    compare(path, model, h5);
  } catch (error) {
    // WebAssembly steps out of its memory in a file that is cut off.
    throw error instanceof HilumError
      ? error
      : new HilumError('export/differs', { what: 'it cannot be read' }, { cause: error });
  }
}

function compare(path: string, model: KerasModel, { File, Dataset, Group }: Awaited<ReturnType<typeof openH5>>): void {
  const file = new File(path, 'r');
  try {
    if (file.get_attribute('model_config', false) !== model.config) throw differs('model_config');
    const group = file.get('model_weights');
    if (!(group instanceof Group)) throw differs('model_weights');
    const names = group.get_attribute('layer_names', false);
    const expected = model.layers.map(({ name }) => name);
    if (JSON.stringify(names) !== JSON.stringify(expected)) throw differs('layer_names');
    for (const layer of model.layers) {
      for (const { name, shape, data } of layer.weights) {
        const dataset = group.get(`${layer.name}/${name}`);
        if (!(dataset instanceof Dataset)) throw differs(name);
        const { value } = dataset;
        const same = value instanceof Float32Array && sameShape(dataset.shape ?? [], shape) && sameBits(value, data);
        if (!same) throw differs(name);
      }
    }
  } finally {
    file.close();
  }
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
}

function differs(what: string): HilumError {
  return new HilumError('export/differs', { what: `${what} does not read as it was written` });
}
