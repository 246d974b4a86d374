import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WeightedNetwork } from '../../../../src/pipeline/domain/network.ts';
import { forKeras } from '../../../../src/pipeline/network/export/keras/for-keras.ts';
import { kerasModel } from '../../../../src/pipeline/network/export/keras/keras-model.ts';
import { kerasLayerOrder } from '../../../../src/pipeline/network/export/keras/layer-order.ts';
import { readBackH5 } from '../../../../src/pipeline/network/export/keras/read-back.ts';
import { writeH5 } from '../../../../src/pipeline/network/export/keras/write-h5.ts';
import { toOnnx } from '../../../../src/pipeline/network/index.ts';
import { createEngine } from '../../../../src/pipeline/predictions/index.ts';
import { everyLayer, networkOf } from '../../../helpers/seal-network.ts';
import { randomInput, randomNetwork } from '../random-network.ts';
import { largestDifference } from '../tfjs-peer.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-h5-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function answers(network: WeightedNetwork, input: Float32Array): Promise<Float32Array> {
  const engine = await createEngine(toOnnx(network), { threads: 1 });
  try {
    return await engine.run(input, 1);
  } finally {
    await engine.close();
  }
}

const branches = networkOf(everyLayer['branches of unequal length, joined and added'] ?? []);
const vgg = networkOf(everyLayer['like VGG: convolutions and maxima'] ?? []);

describe('the .h5 of Keras', () => {
  it('hands weights out in the order of model.layers: by distance from the output, then by first visit', () => {
    // What Keras 3.15 prints for these branches: tests/peers/export compares the answers.
    const order = kerasLayerOrder(branches.network).map(({ name }) => name);
    expect(order).toEqual(['a', 'b', 'c', 'd', 'z', 'e', 'f', 'g', 'h', 'i', 'hidden', 'head']);
  });

  it('leaves out what does not lead to the answer', () => {
    const { network, weights } = branches;
    const cut = { network: { ...network, output: 'g' }, weights };
    const names = kerasModel(cut).layers.map(({ name }) => name);
    expect(names).not.toContain('h');
    expect(kerasModel(cut).config).not.toContain('"name":"head"');
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'is the same function with plain names and ReLU6 as a layer (network %i)',
    async (seed) => {
      const network = randomNetwork(seed);
      const input = randomInput(network.network, seed);
      const plain = forKeras(network);
      expect(plain.network.nodes.filter((node) => 'activation' in node && node.activation === 'relu6')).toSatisfy(
        (nodes: { op: string }[]) => nodes.every(({ op }) => op === 'activation'),
      );
      expect(largestDifference(await answers(network, input), await answers(plain, input))).toBeLessThan(1e-6);
    },
  );

  it('renames layers that Keras refuses, and keeps names apart', () => {
    const twin = vgg.network.nodes.map((node) => (node.name === 'pool1' ? { ...node, name: 'block1_conv1' } : node));
    const nodes = twin.map((node) => (node.name === 'conv2' ? { ...node, input: 'block1_conv1' } : node));
    const { network, weights } = forKeras({ ...vgg, network: { ...vgg.network, nodes } });
    expect(network.nodes[1]?.name).toBe('block1_conv1_2');
    expect(network.nodes[0]?.name).toBe('block1_conv1');
    expect([...weights.keys()]).toContain('block1_conv1/kernel');
  });

  it.each(Object.entries(everyLayer))('is read back bit by bit: %s', async (name, nodes) => {
    const path = join(folder, `${name.length}.h5`);
    const model = kerasModel(networkOf(nodes));
    await writeH5(path, model);
    await readBackH5(path, model);
  });

  it('one bit less is noticed', async () => {
    const path = join(folder, 'bit.h5');
    const model = kerasModel(vgg);
    await writeH5(path, model);
    const bytes = await readFile(path);
    const kernel = model.layers.flatMap(({ weights }) => weights).find(({ data }) => data.length > 100);
    if (kernel === undefined) throw new Error('a network without a kernel');
    const at = bytes.indexOf(Buffer.from(kernel.data.buffer, kernel.data.byteOffset, 64));
    expect(at).toBeGreaterThan(0);
    bytes[at + 8] = (bytes[at + 8] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(readBackH5(path, model)).rejects.toMatchObject({ code: 'export/differs' });
  });

  it('a file that was cut off is noticed', async () => {
    const path = join(folder, 'cut.h5');
    const model = kerasModel(vgg);
    await writeH5(path, model);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    await expect(readBackH5(path, model)).rejects.toMatchObject({ code: 'export/differs' });
  });

  it('a tensor past the limit is refused before anything is written', () => {
    const weights = new Map(vgg.weights);
    const network = {
      ...vgg.network,
      nodes: vgg.network.nodes.map((node) => (node.name === 'hidden' ? { ...node, units: 5_000_000 } : node)),
    };
    expect(() => kerasModel({ network, weights })).toThrow('export/too-large');
  });
});
