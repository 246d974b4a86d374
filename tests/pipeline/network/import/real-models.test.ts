import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../../src/pipeline/domain/errors.ts';
import { readForeign } from '../../../../src/pipeline/network/import/read.ts';

const models = fileURLToPath(new URL('../../../../../shared/data/models', import.meta.url));
const isThere = existsSync(models);
if (!isThere) console.warn('SKIPPED: ../shared/data/models is absent, no real network was read');

/** Each real model with what becomes of it. */
const expected = [
  ['kidney-cnn28-4class/keras3-h5/kidney_model.h5', 'keras-h5, 12 layers, 124452 parameters, 28 x 28 x 3'],
  ['kidney-cnn28-4class/tfjs-layers', 'tfjs-layers, 12 layers, 124452 parameters, 28 x 28 x 3'],
  ['imagenet-efficientnet-lite0-224-notop-tfjs-layers', 'tfjs-layers, 140 layers, 3413024 parameters, 224 x 224 x 3'],
  ['imagenet-mobilenet-v2-0.35-96-notop-tfjs-layers', 'tfjs-layers, 153 layers, 410208 parameters, 96 x 96 x 3'],
  ['imagenet-mobilenet-v1-0.25-224-tfjs-graph', 'network/graph-model'],
  ['imagenet-mobilenet-v1-0.25-224-weights-only', 'network/weights-only'],
] as const;

describe.skipIf(!isThere)('models of other people', () => {
  it.each(expected)('%s: %s', async (path, outcome) => {
    expect(await outcomeOf(join(models, path))).toBe(outcome);
  });
});

async function outcomeOf(path: string): Promise<string> {
  try {
    const { kind, layers, net } = await readForeign(path);
    const parameters = [...net.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
    const { size, channels } = net.network.input;
    return `${kind}, ${layers} layers, ${parameters} parameters, ${size} x ${size} x ${channels}`;
  } catch (error) {
    if (error instanceof HilumError) return error.code;
    throw error;
  }
}
