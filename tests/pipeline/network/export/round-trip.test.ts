import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WeightedNetwork } from '../../../../src/pipeline/domain/network.ts';
import { applyContract } from '../../../../src/pipeline/images/index.ts';
import { kerasModel } from '../../../../src/pipeline/network/export/keras/keras-model.ts';
import { writeH5 } from '../../../../src/pipeline/network/export/keras/write-h5.ts';
import { withPlainNames } from '../../../../src/pipeline/network/export/plain-names.ts';
import { openSealedModel, readForeign, toOnnx, writeTfjs } from '../../../../src/pipeline/network/index.ts';
import { goldenImage } from '../../../../src/pipeline/phantom/index.ts';
import { createEngine } from '../../../../src/pipeline/predictions/index.ts';
import { exportModel } from '../../../../src/pipeline/stages/export-model.ts';
import { everyLayer, networkOf } from '../../../helpers/seal-network.ts';
import { quietStage } from '../../../helpers/stage-context.ts';
import { randomInput, randomNetwork } from '../random-network.ts';
import { largestDifference } from '../tfjs-peer.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-round-trip-'));
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

const networks: [string, WeightedNetwork][] = [
  ...Object.entries(everyLayer).map(([name, nodes]): [string, WeightedNetwork] => [name, networkOf(nodes)]),
  ...[11, 12, 13, 14].map((seed): [string, WeightedNetwork] => [`random network ${seed}`, randomNetwork(seed)]),
];

const demo = join(import.meta.dirname, '../../../../resources/demo-model');

describe('what was exported is imported as the same network', () => {
  it.each(networks)('through Keras .h5 and tfjs: %s', async (name, network) => {
    const input = randomInput(network.network, 3);
    const before = await answers(network, input);
    const place = join(folder, name.replaceAll(/\W+/g, '-'));
    await writeTfjs(`${place}-tfjs`, withPlainNames(network));
    await writeH5(`${place}.h5`, kerasModel(network));
    for (const path of [`${place}.h5`, `${place}-tfjs`]) {
      const back = await readForeign(path);
      expect(largestDifference(await answers(back.net, input), before)).toBeLessThanOrEqual(1e-5);
    }
  });

  it.each([
    ['keras', 'model.h5'],
    ['tfjs', ''],
  ] as const)('the model that comes along gives its golden answers after a way through %s', async (format, file) => {
    const out = join(folder, `demo-${format}`);
    await exportModel.run({ model: demo, format, out, replace: false, codeVersion: '0.0.0' }, quietStage);
    const { net } = await readForeign(join(out, file));
    const { golden, contract } = await openSealedModel(demo);
    for (const { seed, domain, probabilities } of golden) {
      const input = applyContract(goldenImage(seed, domain), contract);
      expect(largestDifference(await answers(net, input), probabilities)).toBeLessThanOrEqual(1e-5);
    }
  });
});
