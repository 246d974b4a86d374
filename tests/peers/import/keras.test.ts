import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldBatchNorm } from '../../../src/pipeline/network/fold.ts';
import { asClassifier } from '../../../src/pipeline/network/import/ends.ts';
import { readForeign } from '../../../src/pipeline/network/import/read.ts';
import { toOnnx } from '../../../src/pipeline/network/onnx/write.ts';
import { createEngine } from '../../../src/pipeline/predictions/engine.ts';

const python = process.env.HILUM_PEER_PYTHON;
const models = ['plain', 'functional', 'nested', 'adapted', 'mobilenet'] as const;
const count = 3;
if (python === undefined) console.warn('SKIPPED: import of Keras models: HILUM_PEER_PYTHON is not set');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-peer-'));
  if (python === undefined) return;
  const script = fileURLToPath(new URL('./keras_models.py', import.meta.url));
  console.log(execFileSync(python, [script, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const floats = async (name: string): Promise<Float32Array> => {
  const bytes = await readFile(join(folder, name));
  return new Float32Array(new Uint8Array(bytes).buffer);
};

describe.skipIf(python === undefined)('models that Keras saved as .h5 answer as in Keras', () => {
  it.each(models)('%s, BatchNorm kept and folded', async (name) => {
    const { net } = await readForeign(join(folder, `${name}.h5`));
    const [input, expected] = [await floats(`${name}.in`), await floats(`${name}.out`)];
    for (const given of [net, foldBatchNorm(net)]) {
      const engine = await createEngine(toOnnx(asClassifier(given).net), { threads: 1 });
      const answers = await engine.run(input, count);
      await engine.close();
      // One sigmoid unit is the second of two classes here.
      const own = expected.length === count ? answers.filter((_, index) => index % 2 === 1) : answers;
      const largest = Math.max(...own.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
      expect(own).toHaveLength(expected.length);
      expect(largest).toBeLessThan(1e-4);
    }
  });
});
