import { HilumError } from '../../../domain/errors.ts';
import { networkLimits } from '../../limits.ts';
import type { ForeignWeight } from '../foreign.ts';
import { attributeTexts, type Hdf5Dataset, type Hdf5File } from './hdf5.ts';

const root = 'model_weights';
const longestName = 1000;

/**
 * Every weight that the file names, layer by layer, with its dataset behind it. Together they must fit into the file: a dataset
 * that describes more values than were written is found before one is read.
 */
export function weightsOf(file: Hdf5File, fileBytes: number): ForeignWeight[] {
  const layers = attributeTexts(file, root, 'layer_names');
  if (layers === undefined) throw bad(file, 'it names no layers');
  if (layers.length > networkLimits.layers) {
    throw new HilumError('network/too-large', { actual: layers.length, limit: networkLimits.layers, unit: 'layers' });
  }
  requireOnce(layers, file);
  const found = layers.flatMap((layer) => weightsOfLayer(file, layer));
  const bytes = found.reduce((sum, { dataset }) => sum + dataset.bytes, 0);
  if (bytes > fileBytes) throw bad(file, `it describes ${bytes} bytes of weights and has ${fileBytes} bytes in all`);
  return found.map(({ weight }) => weight);
}

function weightsOfLayer(file: Hdf5File, layer: string): { weight: ForeignWeight; dataset: Hdf5Dataset }[] {
  // Empty strings stand where a list of names is empty: HDF5 has no empty list.
  const names = (attributeTexts(file, `${root}/${layer}`, 'weight_names') ?? []).filter((name) => name !== '');
  requireOnce(names, file);
  return names.map((name) => {
    if (name.length > longestName) throw bad(file, 'the name of a weight is too long');
    const dataset = file.dataset(`${root}/${layer}/${name}`);
    if (dataset === undefined) throw bad(file, `${name} is missing`);
    const { shape, isPlainFloat32, readFloats } = dataset;
    const problem = isPlainFloat32 ? undefined : 'it is not stored as plain 32-bit floats';
    const path = name.replace(/:\d+$/, '').split('/');
    return { dataset, weight: { path, group: layer, shape, problem, read: readFloats } };
  });
}

function requireOnce(names: readonly string[], file: Hdf5File): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw bad(file, `${twice} stands there twice`);
}

function bad(file: Hdf5File, what: string): HilumError {
  return new HilumError('network/bad-weights', { name: file.name, what });
}
