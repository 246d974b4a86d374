import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { NetworkFormat } from '../../../src/pipeline/domain/export-model.ts';
import { exportModel } from '../../../src/pipeline/stages/export-model.ts';
import { everyLayer, networkOf, sealNetwork, smallContract } from '../../helpers/seal-network.ts';
import { quietStage } from '../../helpers/stage-context.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

const python = process.env.HILUM_PEER_PYTHON;
if (python === undefined) console.warn('SKIPPED: exports in Keras and ONNX Runtime: HILUM_PEER_PYTHON is not set');

const demo = fileURLToPath(new URL('../../../resources/demo-model', import.meta.url));
const formats = ['keras', 'onnx'] as const satisfies readonly NetworkFormat[];

let root: string;
/** Exports by `<model> <format>`. */
const exports = new Map<string, string>();
beforeAll(async () => {
  if (python === undefined) return;
  root = await mkdtemp(join(tmpdir(), 'hilum-peer-export-'));
  const models: [string, string][] = [['the demo model', demo]];
  const tiny = join(root, 'tiny');
  await sealTinyModel(tiny);
  models.push(['a tiny model', tiny]);
  for (const [index, [name, nodes]] of Object.entries(everyLayer).entries()) {
    const folder = join(root, `network-${index}`);
    await sealNetwork(folder, networkOf(nodes));
    models.push([name, folder]);
  }
  const grey = { ...smallContract, channels: 1 as const, resize: 'bicubic' as const, rounding: 'each-pass' as const };
  const greyFolder = join(root, 'grey');
  await sealNetwork(greyFolder, networkOf(everyLayer['like VGG: convolutions and maxima'] ?? [], grey), grey);
  models.push(['one channel of grey', greyFolder]);
  for (const [name, model] of models) {
    for (const format of formats) {
      const out = join(root, `${format}-${exports.size}`);
      await exportModel.run({ model, format, out, replace: false, codeVersion: '0.0.0' }, quietStage);
      exports.set(`${name} ${format}`, out);
    }
  }
});
afterAll(async () => {
  if (python !== undefined) await rm(root, { recursive: true, force: true });
});

const answerSchema = z.record(
  z.string(),
  z.object({
    worst: z.number(),
    cases: z.int().min(1),
    facts: z.union([z.array(z.string()), z.record(z.string(), z.string())]),
  }),
);

describe.skipIf(python === undefined)('exported models in the runtimes they are for', () => {
  it('Keras 3 load_model and ONNX Runtime give the golden answers within 1e-4', () => {
    const script = fileURLToPath(new URL('load_all.py', import.meta.url));
    const printed = execFileSync(python ?? '', [script, ...exports.values()], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const found = answerSchema.parse(JSON.parse(printed));
    for (const [name, folder] of exports) {
      const answer = found[folder];
      console.log(`${name}: largest difference ${answer?.worst.toExponential(1)} on ${answer?.cases} golden inputs`);
      expect(answer?.worst, name).toBeLessThanOrEqual(1e-4);
    }
    const branches = found[exports.get('branches of unequal length, joined and added keras') ?? ''];
    expect(branches?.facts).toEqual([
      ...['input', 'a', 'a_relu6', 'b', 'c', 'd', 'z', 'e', 'f', 'g', 'h', 'i', 'hidden', 'head'],
    ]);
    expect(found[exports.get('a tiny model onnx') ?? '']?.facts).toMatchObject({
      notice: 'Research use only. Not for diagnosis.',
      classes: '["Cyst","Normal","Stone"]',
    });
  });

  it.each(['the demo model keras', 'a tiny model onnx', 'the demo model onnx', 'one channel of grey onnx'])(
    'check.py of %s ends with 0',
    (name) => {
      const folder = exports.get(name) ?? '';
      const printed = execFileSync(python ?? '', [join(folder, 'check.py')], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(printed).toContain('OK');
      expect(printed).toContain('Research use only. Not for diagnosis.');
    },
  );
});
