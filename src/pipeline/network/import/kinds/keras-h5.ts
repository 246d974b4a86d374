import { readFile, stat } from 'node:fs/promises';
import { HilumError } from '../../../domain/errors.ts';
import { networkLimits, requireParameters } from '../../limits.ts';
import type { ForeignModel } from '../foreign.ts';
import { type Sniffed, startsWith } from '../sniff.ts';
import { attributeText, openHdf5 } from './hdf5.ts';
import { weightsOf } from './keras-h5-weights.ts';

/** Weights, two copies of an optimiser's state, and room for names. */
const largestFile = Math.min(3.5 * 4 * networkLimits.parameters, 2 ** 31 - 2 ** 20);
const largestConfig = 16 * 2 ** 20;
const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(found: Sniffed): boolean {
  return startsWith(found, signature);
}

/**
 * Opens a whole model that Keras 2 or 3 saved as HDF5. Configuration and weights are all that is read of it: no optimiser, no
 * training configuration, nothing of the file is run.
 * @throws HilumError `network/weights-only`, `network/bad-file`, `network/bad-weights`, `network/too-large`
 */
export async function openKerasH5({ path, name }: Sniffed): Promise<ForeignModel> {
  const { size } = await stat(path);
  if (size > largestFile)
    throw new HilumError('network/too-large', { actual: size, limit: largestFile, unit: 'bytes' });
  const file = await openHdf5(await readFile(path), name);
  try {
    const text = attributeText(file, '/', 'model_config', largestConfig);
    if (text === undefined)
      throw notAModel(file.hasGroup('model_weights') || file.attributesOf('/').has('layer_names'), name);
    const weights = weightsOf(file, size);
    requireParameters(weights.map(({ shape }) => shape));
    return { config: parsed(text, name), weights, close: file.close };
  } catch (error) {
    file.close();
    throw error;
  }
}

function notAModel(hasWeights: boolean, file: string): HilumError {
  if (hasWeights) return new HilumError('network/weights-only', { file });
  return new HilumError('network/bad-file', { file, what: 'it is HDF5, but no model that Keras saved' });
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HilumError('network/bad-file', { file, what: 'model_config is not valid JSON' }, { cause: error });
  }
}
