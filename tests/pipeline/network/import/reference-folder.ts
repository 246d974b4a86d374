import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvTable } from '../../../../src/pipeline/disk/csv.ts';
import type { Contract } from '../../../../src/pipeline/domain/contract.ts';
import { applyContract } from '../../../../src/pipeline/images/contract.ts';
import { readForeign } from '../../../../src/pipeline/network/import/read.ts';
import { toOnnx } from '../../../../src/pipeline/network/onnx/write.ts';
import { goldenImage } from '../../../../src/pipeline/phantom/golden.ts';
import { createEngine } from '../../../../src/pipeline/predictions/engine.ts';
import { greyPng } from '../../../helpers/grey-png.ts';
import { writeKerasH5 } from './keras-file.ts';
import { tinySequential } from './tiny-keras.ts';

/** What the tiny network was "trained" with: nothing that this program does by itself. */
export const trueContract = {
  version: 1,
  classes: ['Cyst', 'Normal', 'Stone'],
  domains: ['display'],
  windows: [{ center: 40, width: 400 }],
  ...{ crop: 'none', padding: 'none', resize: 'bilinear-plain', rounding: 'byte', size: 16 },
  ...{ channels: 3, mean: 127.5, std: 127.5 },
} as const satisfies Contract;

export interface ReferenceFolder {
  readonly network: string;
  readonly images: string;
  readonly predictions: string;
}

/** A tiny Keras network, pictures, and what the network says of them through `trueContract`; columns are in another order. */
export async function writeReferenceFolder(folder: string, count = 6): Promise<ReferenceFolder> {
  const network = join(folder, 'tiny.h5');
  await writeKerasH5(network, tinySequential());
  const images = join(folder, 'pictures');
  await mkdir(images);
  const { net } = await readForeign(network);
  const engine = await createEngine(toOnnx(net), { threads: 1 });
  const rows: (string | number)[][] = [];
  for (let seed = 1; seed <= count; seed++) {
    const image = goldenImage(seed, 'display');
    const file = `slice ${seed}.png`;
    const { width, height, pixels } = image;
    await writeFile(join(images, file), await greyPng(width, height, (x, y) => pixels[y * width + x] ?? 0));
    const [cyst = 0, normal = 0, stone = 0] = await engine.run(applyContract(image, trueContract, engine.planes), 1);
    rows.push([file, stone, cyst, normal]);
  }
  await engine.close();
  const predictions = join(folder, 'reference.csv');
  await writeFile(predictions, csvTable(['file', 'p_Stone', 'p_Cyst', 'p_Normal'], rows));
  return { network, images, predictions };
}
