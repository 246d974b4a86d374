import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../disk/atomic.ts';
import { HilumError } from '../../domain/errors.ts';
import { notice } from '../../domain/outcome.ts';
import { toOnnx } from '../onnx/write.ts';
import { readTfjs } from '../tfjs/read.ts';
import { toTfjs } from '../tfjs/write.ts';
import checkScript from './files/check_tfjs.cjs?raw';
import type { NetworkExporter } from './format.ts';
import { withPlainNames } from './plain-names.ts';

/** A layers-model as @tensorflow/tfjs loads it, float32: quantised weights would no longer give the sealed answers. */
export const tfjsExporter: NetworkExporter = {
  check: { name: 'check.cjs', text: checkScript },
  files: ['model.json', 'weights.bin'],
  howTo: [
    'npm install @tensorflow/tfjs',
    '',
    "  const model = await tf.loadLayersModel('https://…/model.json');",
    '  const probabilities = model.predict(input);',
  ],
  checked: 'read back bit by bit as a layers-model; its golden answers were compared in ONNX Runtime',
  async write(folder, network, { seal, contract }) {
    const { modelJson, weights } = toTfjs(withPlainNames(network));
    const userDefinedMetadata = { notice, seal, classes: contract.classes, contract };
    await writeFileAtomic(join(folder, 'weights.bin'), weights);
    await writeFileAtomic(join(folder, 'model.json'), JSON.stringify({ ...modelJson, userDefinedMetadata }));
  },
  async readBack(folder, network) {
    const { weights } = toTfjs(withPlainNames(network));
    const written = await readFile(join(folder, 'weights.bin'));
    if (!written.equals(weights)) {
      throw new HilumError('export/differs', { what: 'weights.bin does not read as it was written' });
    }
    return toOnnx(await readTfjs(folder));
  },
};
