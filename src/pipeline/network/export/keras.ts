import { join } from 'node:path';
import { toOnnx } from '../onnx/write.ts';
import checkScript from './files/check_keras.py?raw';
import type { NetworkExporter } from './format.ts';
import { forKeras } from './keras/for-keras.ts';
import { kerasModel } from './keras/keras-model.ts';
import { readBackH5 } from './keras/read-back.ts';
import { writeH5 } from './keras/write-h5.ts';

/** The legacy HDF5 file of Keras: nothing in it is code, and no custom object is needed. */
export const kerasExporter: NetworkExporter = {
  check: { name: 'check.py', text: checkScript },
  files: ['model.h5'],
  howTo: [
    'pip install numpy keras tensorflow',
    '',
    "  model = keras.models.load_model('model.h5', compile=False)",
    '  probabilities = model.predict(values)',
  ],
  checked:
    'the file was read back bit by bit; the golden answers of the network in it were compared in ONNX Runtime, Keras itself is not here',
  write: async (folder, network) => writeH5(join(folder, 'model.h5'), kerasModel(network)),
  async readBack(folder, network) {
    await readBackH5(join(folder, 'model.h5'), kerasModel(network));
    return toOnnx(forKeras(network));
  },
};
