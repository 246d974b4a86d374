import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelRange } from '../../../../src/pipeline/domain/value-ranges.ts';
import { readImportedBackbone, writeImportedBackbone } from '../../../../src/pipeline/network/backbones/imported.ts';
import { featureNetwork } from '../../../../src/pipeline/network/features.ts';
import { withChannelRange } from '../../../../src/pipeline/network/import/channel-norm.ts';
import { upToLastMap } from '../../../../src/pipeline/network/import/ends.ts';
import { readForeign } from '../../../../src/pipeline/network/import/read.ts';
import { openBackbone } from '../../../../src/pipeline/network/load-backbone.ts';
import { toOnnx } from '../../../../src/pipeline/network/onnx/write.ts';
import { createEngine } from '../../../../src/pipeline/predictions/engine.ts';
import { randomInput } from '../random-network.ts';
import { writeKerasH5 } from './keras-file.ts';
import { tinySequential } from './tiny-keras.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-backbone-'));
  file = join(folder, 'tiny.h5');
  await writeKerasH5(file, tinySequential());
});
afterAll(() => rm(folder, { recursive: true }));

async function answersOf(onnx: Uint8Array, input: Float32Array): Promise<Float32Array> {
  const engine = await createEngine(onnx, { threads: 1 });
  try {
    return await engine.run(input, 1);
  } finally {
    await engine.close();
  }
}

describe('imported backbones', () => {
  it('come back from their folder, give the mean of the last map, and keep to their size where they must', async () => {
    const net = upToLastMap((await readForeign(file)).net);
    const out = join(folder, 'kept');
    const about = { title: 'tiny', valueRange: { mean: 127.5, std: 127.5 }, size: 16 };
    await writeImportedBackbone(out, net, { ...about, isFreeSize: false });
    const { backbone, net: again } = await readImportedBackbone(out);
    expect(again).toEqual(net);
    expect(backbone).toMatchObject({ valueRange: about.valueRange, defaultSize: 16, features: ['top'] });
    const features = featureNetwork(again, backbone, ['top']);
    expect(await answersOf(toOnnx(features), randomInput(net.network, 1))).toHaveLength(4);
    const opened = openBackbone('imported', { size: 32, weightsFolder: out });
    await expect(opened).rejects.toMatchObject({ code: 'network/fixed-size' });
    await writeImportedBackbone(out, net, { ...about, isFreeSize: true });
    const free = await openBackbone('imported', { size: 32, weightsFolder: out });
    expect(free.loaded.network.input.size).toBe(32);
    await expect(openBackbone('imported', { size: 32 })).rejects.toMatchObject({ code: 'network/not-imported' });
    await expect(readImportedBackbone(folder)).rejects.toMatchObject({ code: 'network/not-imported' });
  });
});

describe('ranges with numbers for each channel', () => {
  it.each(['rgb', 'bgr'] as const)('stand in front of the network, %s', async (order) => {
    const { net } = await readForeign(file);
    const range = channelRange('imagenet', order);
    const grey = randomInput(net.network, 5).map((value) => 128 + 40 * value);
    const normal = grey.map((value, index) => (value - (range.mean[index % 3] ?? 0)) / (range.std[index % 3] ?? 1));
    const expected = await answersOf(toOnnx(net), normal);
    const answers = await answersOf(toOnnx(withChannelRange(net, range)), grey);
    for (const [index, value] of answers.entries()) expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 5);
    expect(range.mean[0]).toBeCloseTo(order === 'rgb' ? 123.675 : 103.53, 3);
  });
});
