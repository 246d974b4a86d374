import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Network, WeightedNetwork } from '../../../src/pipeline/domain/network.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import {
  attachHead,
  featureNetwork,
  findBackbone,
  headNames,
  loadBackbone,
  toOnnx,
} from '../../../src/pipeline/network/index.ts';
import { createEngine, meanOf, runSelfTest } from '../../../src/pipeline/predictions/index.ts';

const size = 96;
const images = 13;
let net: WeightedNetwork;

beforeAll(async () => {
  const backbone = findBackbone('efficientnet-lite0');
  const features = featureNetwork(await loadBackbone(backbone.id, { size }), backbone, ['block5', 'top']);
  const whole = attachHead(features, { dropout: 0.2, hidden: 24, classes: 4 });
  const weights = new Map(whole.weights);
  for (const node of [headNames.hidden, headNames.output]) {
    const random = randomFrom('head', node);
    const { shape, data } = weights.get(`${node}/kernel`) ?? { shape: [], data: new Float32Array() };
    weights.set(`${node}/kernel`, { shape, data: data.map(() => random.normal() * 0.05) });
  }
  net = { network: whole.network, weights };
});

function inputsFor({ input }: Network, channels: number): Float32Array {
  const random = randomFrom('images', channels);
  return Float32Array.from({ length: images * input.size * input.size * channels }, () => random.next() * 2 - 1);
}

describe('engine', () => {
  it.each(['separate', 'equal'] as const)(
    'answers each image to the bit alike alone and in any batch, with one thread or two (%s channels)',
    async (channels) => {
      const onnx = toOnnx(net, { channels });
      const planes = channels === 'equal' ? 1 : 3;
      const all = inputsFor(net.network, planes);
      const perImage = size * size * planes;
      const answersBy = async (threads: number, batch: number): Promise<Float32Array> => {
        const engine = await createEngine(onnx, { threads });
        const answers = new Float32Array(images * engine.outputLength);
        for (let first = 0; first < images; first += batch) {
          const count = Math.min(batch, images - first);
          const part = await engine.run(all.subarray(first * perImage, (first + count) * perImage), count);
          answers.set(part, first * engine.outputLength);
        }
        await engine.close();
        return answers;
      };
      const alone = await answersBy(1, 1);
      for (const threads of [1, 2]) {
        for (const batch of [1, 2, 3, 4, 8, 13]) expect(await answersBy(threads, batch)).toEqual(alone);
      }
    },
  );

  it('knows its sizes and refuses input of another length', async () => {
    const engine = await createEngine(toOnnx(net, { channels: 'equal' }), { threads: 1 });
    expect([engine.size, engine.outputLength]).toEqual([size, 4]);
    await expect(engine.run(new Float32Array(10), 1)).rejects.toThrow(RangeError);
    await engine.close();
  });

  it('runs calls that overlap and leaves their input whole', async () => {
    const engine = await createEngine(toOnnx(net), { threads: 2 });
    const input = inputsFor(net.network, 3).subarray(0, size * size * 3);
    const before = input.slice();
    const answers = await Promise.all(Array.from({ length: 9 }, () => engine.run(input, 1)));
    for (const each of answers) expect(each).toEqual(answers[0]);
    expect(answers[0]?.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(input).toEqual(before);
    await engine.close();
  });

  it('starts and stops many times, and refuses what is no network', async () => {
    const onnx = toOnnx(net);
    for (let time = 0; time < 5; time++) await (await createEngine(onnx, { threads: 2 })).close();
    await expect(createEngine(new Uint8Array(100), { threads: 2 })).rejects.toThrow('Failed to load model');
  });

  it('prints nothing and lets the process end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hilum-engine-'));
    const model = join(folder, 'model.onnx');
    await writeFile(model, toOnnx(net, { channels: 'equal' }));
    const engineModule = new URL('../../../src/pipeline/predictions/index.ts', import.meta.url).href;
    const program = `
      import { readFileSync } from 'node:fs';
      import { createEngine } from ${JSON.stringify(engineModule)};
      const engine = await createEngine(readFileSync(process.argv[1]));
      await engine.run(new Float32Array(engine.size * engine.size), 1);
      await engine.close();`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program, model], { encoding: 'utf8' });
    expect([run.status, run.stdout, run.stderr]).toEqual([0, '', '']);
    await rm(folder, { recursive: true });
  });
});

describe('self-test', () => {
  const makeInput = (seed: number): Float32Array => {
    const random = randomFrom('golden', seed);
    return Float32Array.from({ length: size * size * 3 }, () => random.normal());
  };

  it('passes on the stored answers and names the golden input that differs', async () => {
    const engine = await createEngine(toOnnx(net), { threads: 1 });
    const golden = [];
    for (const seed of [1, 2]) {
      const input = makeInput(seed);
      const probabilities = [...(await engine.run(input, 1))];
      golden.push({ seed, domain: 'display' as const, inputMean: meanOf(input), probabilities });
    }
    await runSelfTest(engine, golden, makeInput);
    const shifted = golden.map((each) => ({
      ...each,
      probabilities: each.probabilities.map((p, i) => p + (i === 0 ? 2e-4 : 0)),
    }));
    await expect(runSelfTest(engine, shifted, makeInput)).rejects.toMatchObject({
      code: 'model/self-test-failed',
      facts: { index: 1 },
    });
    const otherInput = (seed: number): Float32Array => makeInput(seed).map((value) => value + 0.01);
    await expect(runSelfTest(engine, golden, otherInput)).rejects.toMatchObject({ code: 'model/self-test-failed' });
    const fewer = golden.map((each) => ({ ...each, probabilities: each.probabilities.slice(1) }));
    await expect(runSelfTest(engine, fewer, makeInput)).rejects.toMatchObject({ code: 'model/self-test-failed' });
    await engine.close();
  });

  it('[C5] refuses answers that are not finite', async () => {
    const weights = new Map(net.weights);
    const bias = weights.get(`${headNames.output}/bias`);
    weights.set(`${headNames.output}/bias`, { shape: bias?.shape ?? [], data: new Float32Array(4).fill(Number.NaN) });
    const engine = await createEngine(toOnnx({ network: net.network, weights }), { threads: 1 });
    const golden = [
      { seed: 1, domain: 'display' as const, inputMean: meanOf(makeInput(1)), probabilities: [1, 0, 0, 0] },
    ];
    await expect(runSelfTest(engine, golden, makeInput)).rejects.toMatchObject({ code: 'model/not-finite' });
    await engine.close();
  });
});
