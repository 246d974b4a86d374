import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../disk/atomic.ts';
import { notice } from '../../domain/outcome.ts';
import { toOnnx } from '../onnx/write.ts';
import checkScript from './files/check_onnx.py?raw';
import type { NetworkExporter } from './format.ts';

/** One ONNX file with all three channels, whatever the sealed one reads; what it is stands in its metadata. */
export const onnxExporter: NetworkExporter = {
  check: { name: 'check.py', text: checkScript },
  files: ['model.onnx'],
  howTo: [
    'pip install numpy onnxruntime',
    '',
    "  session = onnxruntime.InferenceSession('model.onnx')",
    "  (probabilities,) = session.run(['probabilities'], {'input': values})",
  ],
  checked: 'the file was run in ONNX Runtime on the golden inputs',
  async write(folder, network, { seal, card, contract, codeVersion }) {
    const metadata = {
      notice,
      title: card.title,
      seal,
      classes: JSON.stringify(contract.classes),
      contract: JSON.stringify(contract),
      code_version: codeVersion,
    };
    await writeFileAtomic(join(folder, 'model.onnx'), toOnnx(network, { channels: 'separate', metadata }));
  },
  readBack: (folder) => readFile(join(folder, 'model.onnx')),
};
