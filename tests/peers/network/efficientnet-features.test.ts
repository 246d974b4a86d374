import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCsv } from '../../../src/pipeline/disk/csv.ts';
import { featureNetwork, findBackbone, loadBackbone, toOnnx } from '../../../src/pipeline/network/index.ts';
import { createEngine } from '../../../src/pipeline/predictions/index.ts';

const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const referenceFile = join(shared, 'models/imagenet-efficientnet-lite0-224-notop-tfjs-layers/reference-features.csv');
const pictures = join(shared, 'kidney-ct');
const python = process.env.HILUM_PEER_PYTHON;
const reason = python === undefined ? 'HILUM_PEER_PYTHON is not set' : '../shared/data is not there';
const canRun = python !== undefined && existsSync(referenceFile) && existsSync(pictures);

const featureColumns = Array.from({ length: 16 }, (_, index) => `f${index}`);
const rowSchema = z.looseObject({
  file: z.string(),
  input_mean_0_255: z.coerce.number(),
  mean_of_all_1280: z.coerce.number(),
  l2_norm: z.coerce.number(),
});
const side = 224;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-peer-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe(`EfficientNet-Lite0 against Keras' reference features${canRun ? '' : ` (skipped: ${reason})`}`, () => {
  it.skipIf(!canRun).each(['separate', 'equal'] as const)('gives the same numbers, %s channels', async (channels) => {
    const rows = parseCsv(await readFile(referenceFile, 'utf8'), 'reference-features.csv', ['file'], rowSchema);
    const out = join(folder, 'pictures.bin');
    const script = fileURLToPath(new URL('./efficientnet_inputs.py', import.meta.url));
    execFileSync(python ?? '', [script, pictures, out, ...rows.map((row) => row.file)]);
    const grey = await readFile(out);

    const backbone = findBackbone('efficientnet-lite0');
    const features = featureNetwork(await loadBackbone(backbone.id, { size: side }), backbone, ['top']);
    const engine = await createEngine(toOnnx(features, { channels }));
    const { mean, std } = backbone.valueRange;
    let largest = 0;
    for (const [index, row] of rows.entries()) {
      const pixels = grey.subarray(index * side * side, (index + 1) * side * side);
      expect(pixels.reduce((sum, value) => sum + value, 0) / pixels.length).toBeCloseTo(row.input_mean_0_255, 4);
      const input = Float32Array.from(
        { length: 3 * pixels.length },
        (_, at) => ((pixels[Math.floor(at / 3)] ?? 0) - mean) / std,
      );
      const answers = await engine.run(input, 1);
      for (const [position, column] of featureColumns.entries()) {
        const difference = Math.abs((answers[position] ?? Number.NaN) - Number(row[column]));
        expect(difference).toBeLessThan(1e-4);
        largest = Math.max(largest, difference);
      }
      expect(answers.reduce((sum, value) => sum + value, 0) / answers.length).toBeCloseTo(row.mean_of_all_1280, 4);
      expect(Math.hypot(...answers)).toBeCloseTo(row.l2_norm, 3);
    }
    await engine.close();
    console.log(`largest difference from Keras (${channels}): ${largest.toExponential(1)}`);
  });
});
