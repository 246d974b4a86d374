import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WeightedNetwork } from '../../../../src/pipeline/domain/network.ts';
import { foldBatchNorm } from '../../../../src/pipeline/network/fold.ts';
import { asClassifier, upToLastMap } from '../../../../src/pipeline/network/import/ends.ts';
import { readForeign, recognise } from '../../../../src/pipeline/network/import/read.ts';
import { toOnnx } from '../../../../src/pipeline/network/onnx/write.ts';
import { createEngine } from '../../../../src/pipeline/predictions/engine.ts';
import { randomInput } from '../random-network.ts';
import { tfjsJson, tfjsWeights } from './hostile-files.ts';
import { type KerasFile, writeKerasH5 } from './keras-file.ts';
import { tinyFunctional, tinySequential, weight } from './tiny-keras.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-import-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function kerasFile(content: KerasFile): Promise<string> {
  const path = join(folder, `${++files}.h5`);
  await writeKerasH5(path, content);
  return path;
}

async function tfjsFolder(change: (model: ReturnType<typeof tfjsJson>) => void, shards: Record<string, Uint8Array>) {
  const path = join(folder, `tfjs-${++files}`);
  await mkdir(path);
  const model = tfjsJson();
  change(model);
  await writeFile(join(path, 'model.json'), JSON.stringify(model));
  for (const [name, bytes] of Object.entries(shards)) await writeFile(join(path, name), bytes);
  return path;
}

async function answersOf(net: WeightedNetwork): Promise<Float32Array> {
  const engine = await createEngine(toOnnx(net), { threads: 1 });
  try {
    return await engine.run(randomInput(net.network, 3), 1);
  } finally {
    await engine.close();
  }
}

const largest = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));

describe('networks from elsewhere', () => {
  it('reads a Sequential of Keras and the same one as a tfjs layers-model alike', async () => {
    const keras = await readForeign(await kerasFile(tinySequential()));
    expect(keras).toMatchObject({ kind: 'keras-h5', layers: 4, isFreeSize: false });
    expect(keras.net.network.input).toEqual({ size: 16, channels: 3 });
    const tfjs = await readForeign(await tfjsFolder(() => {}, { 'w.bin': tfjsWeights() }));
    expect(tfjs.kind).toBe('tfjs-layers');
    expect(tfjs.net).toEqual(keras.net);
  });

  it('reads Functional models of Keras 2 and 3 alike: nested, out of order, two layers of one name', async () => {
    const [two, three] = [
      await readForeign(await kerasFile(tinyFunctional(2))),
      await readForeign(await kerasFile(tinyFunctional(3))),
    ];
    expect(three.net.network).toEqual(two.net.network);
    expect(two.net.network.nodes.map(({ name }) => name)).toEqual([
      'conv',
      'inner_conv',
      'norm',
      'sum',
      'mean',
      'answer',
    ]);
    expect(two.net.weights.get('norm/gamma')?.data).toEqual(Float32Array.of(1, 1, 1, 1));
    const kernels = ['conv/kernel', 'inner_conv/kernel'].map((name) => two.net.weights.get(name)?.shape);
    expect(kernels).toEqual([
      [3, 3, 3, 4],
      [3, 3, 4, 4],
    ]);
    expect(largest(await answersOf(foldBatchNorm(two.net)), await answersOf(two.net))).toBeLessThan(1e-5);
  });

  it('takes what tfjs itself saves (no model_config around it) and shards cut anywhere', async () => {
    const bytes = tfjsWeights();
    const path = await tfjsFolder(
      (model) => {
        model.modelTopology = { ...Object(model.modelTopology?.model_config), keras_version: 'tfjs-layers 1.0.0' };
        model.weightsManifest[0]?.paths.splice(0, 1, 'a.bin', 'b.bin');
      },
      { 'a.bin': bytes.subarray(0, 7), 'b.bin': bytes.subarray(7) },
    );
    const plain = await readForeign(await tfjsFolder(() => {}, { 'w.bin': bytes }));
    expect((await readForeign(join(path, 'model.json'))).net).toEqual(plain.net);
  });

  it('turns one sigmoid unit into two classes with the same probabilities, and gives logits a softmax', async () => {
    const tiny = tinySequential();
    Object.assign(tiny.config.config.layers[4]?.config ?? {}, { units: 1, activation: 'sigmoid' });
    const layers = [
      ...tiny.layers.slice(0, 3),
      { name: 'answer', weights: [weight('answer/kernel:0', [256, 1]), weight('answer/bias:0', [1])] },
    ];
    const { net } = await readForeign(await kerasFile({ ...tiny, layers }));
    const { net: two, ending } = asClassifier(net);
    const [yes = 0] = await answersOf(net);
    const [no = 0, again = 0] = await answersOf(two);
    expect(ending).toBe('sigmoid');
    expect(no).toBeCloseTo(1 - yes, 6);
    expect(again).toBeCloseTo(yes, 6);
    const logits = tinySequential();
    Object.assign(logits.config.config.layers[4]?.config ?? {}, { activation: 'linear' });
    expect(asClassifier((await readForeign(await kerasFile(logits))).net).ending).toBe('logits');
  });

  it('needs a size where the network leaves it free, and refuses another where it does not', async () => {
    const free = tinyFunctional(3);
    Object.assign(free.config.config.layers[1]?.config ?? {}, { batch_shape: [null, null, null, 3] });
    const path = await kerasFile(free);
    await expect(readForeign(path)).rejects.toMatchObject({ code: 'network/input-size' });
    const { net, isFreeSize } = await readForeign(path, 32);
    expect([net.network.input.size, isFreeSize]).toEqual([32, true]);
    await expect(readForeign(await kerasFile(tinySequential()), 32)).rejects.toMatchObject({
      code: 'network/input-size',
    });
  });

  it('takes a network of one channel and feeds it one plane', async () => {
    const tiny = tinySequential();
    Object.assign(tiny.config.config.layers[0]?.config ?? {}, { batch_input_shape: [null, 16, 16, 1] });
    const layers = [
      { name: 'conv', weights: [weight('conv/kernel:0', [3, 3, 1, 4]), weight('conv/bias:0', [4])] },
      ...tiny.layers.slice(1),
    ];
    const { net } = await readForeign(await kerasFile({ ...tiny, layers }));
    const engine = await createEngine(toOnnx(net), { threads: 1 });
    expect(engine.planes).toBe(1);
    await engine.close();
  });

  it('cuts a classifier at its last feature map', async () => {
    const { net } = await readForeign(await kerasFile(tinySequential()));
    expect(upToLastMap(net).network).toMatchObject({ output: 'pool', nodes: [{ name: 'conv' }, { name: 'pool' }] });
  });

  it('tells kinds by content', async () => {
    const named = join(folder, 'looks-like.json');
    await writeKerasH5(named, tinySequential());
    expect(await recognise(named)).toBe('keras-h5');
  });
});

describe('quantized weights', () => {
  const kinds = ['uint8', 'uint16', 'float16'] as const;

  it('come back as value * scale + min, or as halves', async () => {
    const model = (await readForeign(await tfjsFolder(() => {}, { 'w.bin': tfjsWeights() }))).net;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.double({ min: 1e-4, max: 10, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.infiniteStream(fc.integer({ min: 0, max: 0x3bff })),
        async (dtype, scale, min, stored) => {
          const count = [...model.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
          const values = Array.from({ length: count }, () => stored.next().value ?? 0).map((each) =>
            dtype === 'uint8' ? each & 255 : each,
          );
          const bytes = dtype === 'uint8' ? Uint8Array.from(values) : new Uint8Array(Uint16Array.from(values).buffer);
          const quantization = dtype === 'float16' ? { dtype } : { dtype, scale, min };
          const path = await tfjsFolder(
            ({ weightsManifest }) => {
              for (const spec of weightsManifest[0]?.weights ?? []) spec.quantization = quantization;
            },
            { 'w.bin': bytes },
          );
          const { net } = await readForeign(path);
          const kernel = net.weights.get('conv/kernel')?.data ?? new Float32Array();
          const expected = values
            .slice(0, kernel.length)
            .map((each) => (dtype === 'float16' ? half(each) : each * scale + min));
          expect(kernel).toEqual(Float32Array.from(expected));
          await rm(path, { recursive: true });
        },
      ),
      { seed: 6, numRuns: 15 },
    );
  });

  /** Independent of the reader: by the definition of IEEE 754. */
  function half(bits: number): number {
    const exponent = (bits >> 10) & 31;
    return exponent === 0 ? (bits & 1023) / 2 ** 24 : (1024 + (bits & 1023)) * 2 ** (exponent - 25);
  }
});
