import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signModel } from '../../../src/main/registry/signing/sign.ts';
import { type ExportFormat, exportFormats, exportReportSchema } from '../../../src/pipeline/domain/export-model.ts';
import { requiredFiles } from '../../../src/pipeline/domain/sealed-model.ts';
import { openSealedModel } from '../../../src/pipeline/network/index.ts';
import { createEngine } from '../../../src/pipeline/predictions/index.ts';
import { requireRoom } from '../../../src/pipeline/stages/export/place.ts';
import { exportModel } from '../../../src/pipeline/stages/export-model.ts';
import { everyLayer, networkOf, sealNetwork } from '../../helpers/seal-network.ts';
import { newKey } from '../../helpers/signing.ts';
import { quietStage } from '../../helpers/stage-context.ts';
import { flipByte, sealTinyModel } from '../../helpers/tiny-model.ts';
import { largestDifference } from '../network/tfjs-peer.ts';

let root: string;
let model: string;
let seal: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-export-'));
  model = join(root, 'model');
  seal = (await sealTinyModel(model)).hash;
});
afterAll(() => rm(root, { recursive: true, force: true }));

let places = 0;
const place = (): string => join(root, `out-${++places}`);

async function exported(format: ExportFormat, out: string, options: { model?: string; replace?: boolean } = {}) {
  const input = { model: options.model ?? model, format, out, replace: options.replace ?? false, codeVersion: '0.0.0' };
  return exportReportSchema.parse(await exportModel.run(input, quietStage));
}

const goldenSchema = z.object({
  cases: z.array(z.object({ input: z.string(), probabilities: z.array(z.number()) })).min(1),
});

/** Golden inputs of an export with the answers to them. */
async function goldenOf(folder: string) {
  const { cases } = goldenSchema.parse(JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')));
  return Promise.all(
    cases.map(async ({ input, probabilities }) => {
      const bytes = await readFile(join(folder, input));
      const values = bytes.subarray(10 + bytes.readUInt16LE(8));
      return {
        values: new Float32Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.length)),
        probabilities,
      };
    }),
  );
}

describe('an exported model', () => {
  it.each(exportFormats.filter((format) => format !== 'sealed'))(
    '%s comes with all that belongs to it',
    async (format) => {
      const out = place();
      const report = await exported(format, out);
      expect(report).toMatchObject({ seal, format, golden: 2, title: 'Tiny model' });
      expect(report.largestDifference).toBeLessThan(1e-4);
      const names = report.files.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining([
          'README.txt',
          'NOTICE.txt',
          'card.md',
          'card.json',
          'contract.json',
          'export.json',
          'preprocess.py',
          'golden.py',
          'golden.json',
          'golden/input-1.npy',
          'golden/picture-2.npy',
        ]),
      );
      const readme = await readFile(join(out, 'README.txt'), 'utf8');
      expect(readme).toContain('Research use only. Not for diagnosis.');
      expect(readme).toContain('[batch, 32, 32, 3]');
      expect(readme).toMatch(/0 {2}Cyst\n.*1 {2}Normal\n.*2 {2}Stone/);
      expect(readme).toContain(seal);
      expect(await readFile(join(out, 'card.md'), 'utf8')).toBe(await readFile(join(model, 'card.md'), 'utf8'));
    },
  );

  it('tfjs: plain TensorFlow.js loads it and gives the golden answers', async () => {
    for (const nodes of [...Object.values(everyLayer)]) {
      const [from, out] = [place(), place()];
      await sealNetwork(from, networkOf(nodes));
      await exported('tfjs', out, { model: from });
      await tf.setBackend('cpu');
      const json: {
        modelTopology: object;
        weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
        userDefinedMetadata: object;
      } = JSON.parse(await readFile(join(out, 'model.json'), 'utf8'));
      expect(json.userDefinedMetadata).toMatchObject({ classes: ['Cyst', 'Normal', 'Stone'] });
      const loaded = await tf.loadLayersModel(
        tf.io.fromMemory({
          modelTopology: json.modelTopology,
          weightSpecs: json.weightsManifest[0]?.weights ?? [],
          weightData: new Uint8Array(await readFile(join(out, 'weights.bin'))).buffer,
        }),
      );
      for (const { values, probabilities } of await goldenOf(out)) {
        const answer = loaded.predict(tf.tensor4d(values, [1, 24, 24, 3]));
        if (Array.isArray(answer)) throw new Error('expected one output');
        expect(largestDifference(await answer.data(), probabilities)).toBeLessThan(1e-4);
      }
      loaded.dispose();
    }
  });

  it('tfjs: its check runs with plain Node and says yes, and no when a weight was changed', async () => {
    const out = place();
    await exported('tfjs', out);
    // Beside the repository's packages, as a user's would be.
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(out, 'node_modules'));
    const { execFile } = createRequire(import.meta.url)('node:child_process');
    const run = (): Promise<{ code: number; text: string }> =>
      new Promise((resolve) => {
        execFile(process.execPath, ['check.cjs'], { cwd: out }, (error: { code?: number } | null, text: string) =>
          resolve({ code: error?.code ?? 0, text }),
        );
      });
    expect(await run()).toMatchObject({ code: 0, text: expect.stringContaining('2 golden inputs') });
    const bytes = await readFile(join(out, 'weights.bin'));
    bytes.writeFloatLE(100, bytes.length - 4);
    await writeFile(join(out, 'weights.bin'), bytes);
    expect(await run()).toMatchObject({ code: 1, text: expect.stringContaining('NOT EQUAL') });
  });

  it('onnx: all three channels, last; what it is stands in the file', async () => {
    const out = place();
    await exported('onnx', out);
    const bytes = await readFile(join(out, 'model.onnx'));
    const engine = await createEngine(bytes, { threads: 1 });
    expect(engine).toMatchObject({ size: 32, planes: 3, outputLength: 3 });
    for (const { values, probabilities } of await goldenOf(out)) {
      expect(largestDifference(await engine.run(values, 1), probabilities)).toBeLessThan(1e-4);
    }
    await engine.close();
    for (const text of ['Research use only. Not for diagnosis.', seal, '["Cyst","Normal","Stone"]']) {
      expect(bytes.includes(text)).toBe(true);
    }
  });

  it('sealed: the same model for another Hilum, byte for byte', async () => {
    const out = place();
    const report = await exported('sealed', out);
    expect(report.files.map(({ name }) => name)).toEqual([...requiredFiles, 'seal.json'].sort());
    expect((await openSealedModel(out)).sealHash).toBe(seal);
  });

  it('sealed: its signature goes along', async () => {
    const [from, out] = [place(), place()];
    await sealTinyModel(from);
    await signModel(from, newKey(), 'Ada', '2026-01-01T00:00:00.000Z');
    await exported('sealed', out, { model: from });
    const file = 'signature.json';
    expect(await readFile(join(out, file), 'utf8')).toBe(await readFile(join(from, file), 'utf8'));
  });

  it('equal models make equal exports, to the byte', async () => {
    for (const format of exportFormats) {
      const [one, two] = [place(), place()];
      const { files } = await exported(format, one);
      await exported(format, two);
      // HDF5 keeps the second in which a data set was made.
      for (const { name } of files.filter((file) => file.name !== 'model.h5')) {
        expect((await readFile(join(one, name))).equals(await readFile(join(two, name))), name).toBe(true);
      }
    }
  });
});

describe('an export is refused and leaves nothing', () => {
  const nothingLeft = async (): Promise<void> => {
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp') || name.endsWith('.old'))).toEqual([]);
  };

  it('[C4] of a model whose bytes were changed', async () => {
    const broken = place();
    await cp(model, broken, { recursive: true });
    await flipByte(join(broken, 'weights.bin'));
    for (const format of exportFormats) {
      const out = place();
      await expect(exported(format, out, { model: broken })).rejects.toMatchObject({ code: 'model/seal-broken' });
      await expect(stat(out)).rejects.toThrow('ENOENT');
    }
    await nothingLeft();
  });

  it('onto what is there, unless an earlier export is to be replaced', async () => {
    const out = place();
    await exported('onnx', out);
    await expect(exported('keras', out)).rejects.toMatchObject({
      code: 'export/exists',
      facts: { path: basename(out) },
    });
    await exported('keras', out, { replace: true });
    expect(await readdir(out)).toContain('model.h5');
    expect(await readdir(out)).not.toContain('model.onnx');
    const own = place();
    await mkdir(own);
    await writeFile(join(own, 'thesis.docx'), 'years of work');
    await expect(exported('onnx', own, { replace: true })).rejects.toMatchObject({ code: 'export/not-ours' });
    await writeFile(join(root, 'file'), '');
    await expect(exported('onnx', join(root, 'file'), { replace: true })).rejects.toMatchObject({
      code: 'export/not-ours',
    });
    await symlink(out, join(root, 'link'));
    await expect(exported('onnx', join(root, 'link'), { replace: true })).rejects.toMatchObject({
      code: 'export/not-ours',
    });
    expect(await readdir(own)).toEqual(['thesis.docx']);
    await nothingLeft();
  });

  it('into the model itself, by whatever way', async () => {
    await symlink(model, join(root, 'other-name'));
    const within = [join(model, 'below'), join(root, 'other-name', 'deep', 'er')];
    for (const out of [model, ...within, join(root, 'other-name'), root]) {
      await expect(exported('sealed', out, { replace: true })).rejects.toMatchObject({ code: 'export/inside-model' });
    }
    expect((await openSealedModel(model)).sealHash).toBe(seal);
  });

  it('onto a disk without room for it', async () => {
    await expect(requireRoom(join(root, 'not', 'there', 'yet'), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
      code: 'disk/full',
    });
    await requireRoom(join(root, 'not', 'there', 'yet'), 1);
  });
});
