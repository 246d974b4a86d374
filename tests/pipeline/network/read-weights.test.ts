import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { readTfjs, writeTfjs } from '../../../src/pipeline/network/index.ts';
import { randomNetwork } from './random-network.ts';

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-network-'));
  folder = join(root, 'model');
  await writeTfjs(folder, randomNetwork(9));
});
afterEach(() => rm(root, { recursive: true }));

interface ModelJson {
  modelTopology: { model_config: { config: { layers: { class_name: string; config: Record<string, unknown> }[] } } };
  weightsManifest: {
    paths: string[];
    weights: { name: string; shape: number[]; dtype: string; quantization?: object }[];
  }[];
}

async function change(edit: (model: ModelJson) => void): Promise<void> {
  const path = join(folder, 'model.json');
  const model: ModelJson = JSON.parse(await readFile(path, 'utf8'));
  edit(model);
  await writeFile(path, JSON.stringify(model));
}

const codeOf = async (): Promise<string> =>
  readTfjs(folder).then(
    () => 'read',
    (error: unknown) => (error instanceof HilumError ? error.code : String(error)),
  );

describe('readTfjs', () => {
  it('gives back random networks to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const net = randomNetwork(seed);
        await writeTfjs(folder, net);
        const read = await readTfjs(folder);
        expect(read.network).toEqual(net.network);
        expect([...read.weights]).toEqual([...net.weights]);
      }),
      { seed: 22, numRuns: 40 },
    );
  });

  it.each([
    '../weights.bin',
    '/etc/hostname',
    'sub/weights.bin',
    '..',
    'https://example.org/w.bin',
    '.weights',
    'a\\b',
    '',
  ])('[C2] refuses the shard path %j even where it leads to weights that fit', async (path) => {
    for (const place of ['..', 'sub']) {
      await mkdir(join(folder, place), { recursive: true });
      await copyFile(join(folder, 'weights.bin'), join(folder, place, 'weights.bin'));
    }
    await change((model) => {
      for (const group of model.weightsManifest) group.paths = [path];
    });
    expect(await codeOf()).toBe('network/bad-weights');
  });

  it('[C2] refuses a shard that is a link, a folder or not there', async () => {
    await rm(join(folder, 'weights.bin'));
    expect(await codeOf()).toBe('network/bad-weights');
    await symlink('/etc/hostname', join(folder, 'weights.bin'));
    expect(await codeOf()).toBe('network/bad-weights');
    await rm(join(folder, 'weights.bin'));
    await mkdir(join(folder, 'weights.bin'));
    expect(await codeOf()).toBe('network/bad-weights');
  });

  it('[C3] refuses a byte too much or too few', async () => {
    const path = join(folder, 'weights.bin');
    const bytes = await readFile(path);
    await writeFile(path, Buffer.concat([bytes, Buffer.of(0)]));
    expect(await codeOf()).toBe('network/bad-weights');
    await writeFile(path, bytes.subarray(0, -1));
    expect(await codeOf()).toBe('network/bad-weights');
  });

  it('[C3] refuses shape bombs before it allocates', async () => {
    await change((model) => {
      for (const spec of model.weightsManifest[0]?.weights ?? []) spec.shape = [2 ** 31, 2 ** 31, 2 ** 31];
    });
    expect(await codeOf()).toBe('network/too-large');
    await writeTfjs(folder, randomNetwork(9));
    await change((model) => {
      for (const layer of model.modelTopology.model_config.config.layers) {
        if (layer.class_name === 'Dense') layer.config.units = 100_000;
      }
    });
    expect(await codeOf()).toBe('network/too-large');
    await writeTfjs(folder, randomNetwork(9));
    await change((model) => {
      const [input] = model.modelTopology.model_config.config.layers;
      if (input !== undefined) input.config.batch_input_shape = [null, 2 ** 30, 2 ** 30, 3];
    });
    expect(await codeOf()).toBe('network/too-large');
  });

  it('[C5] refuses NaN and infinity in weights', async () => {
    const path = join(folder, 'weights.bin');
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const bytes = await readFile(path);
      bytes.writeFloatLE(value, 8);
      await writeFile(path, bytes);
      expect(await codeOf()).toBe('network/bad-weights');
    }
  });

  it('refuses other kinds of numbers', async () => {
    await change((model) => {
      for (const spec of model.weightsManifest[0]?.weights ?? []) spec.dtype = 'uint8';
    });
    expect(await codeOf()).toBe('network/bad-weights');
    await writeTfjs(folder, randomNetwork(9));
    await change((model) => {
      for (const spec of model.weightsManifest[0]?.weights ?? [])
        spec.quantization = { dtype: 'uint8', min: 0, scale: 1 };
    });
    expect(await codeOf()).toBe('network/bad-weights');
  });

  it.each(['Lambda', '__proto__', 'constructor', 'toString', 'TFOpLambda', 'Embedding'])(
    '[C1] refuses the layer kind %s',
    async (kind) => {
      await change((model) => {
        const [, second] = model.modelTopology.model_config.config.layers;
        if (second !== undefined) second.class_name = kind;
      });
      expect(await codeOf()).toBe('network/unsupported-layer');
    },
  );

  it('[C3] answers with a code for whatever stands in model.json', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        await writeFile(join(folder, 'model.json'), text);
        expect(await codeOf()).toMatch(/^network\//);
      }),
      { seed: 23, numRuns: 100 },
    );
  });

  it('[C3] answers with a code, or reads, when one number of model.json is changed', async () => {
    const original = await readFile(join(folder, 'model.json'), 'utf8');
    const numbers = [...original.matchAll(/(?<=[[:,])-?\d+(\.\d+)?/g)];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(numbers.length - 1),
        fc.constantFrom('0', '-1', '3e9', '1.5', 'null', '1e400'),
        async (at, value) => {
          const match = numbers[at];
          if (match === undefined) return;
          const changed = original.slice(0, match.index) + value + original.slice(match.index + match[0].length);
          await writeFile(join(folder, 'model.json'), changed);
          expect(await codeOf()).toMatch(/^(network\/|read$)/);
        },
      ),
      { seed: 24, numRuns: 200 },
    );
  });
});
