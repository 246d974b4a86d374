import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../src/pipeline/disk/hash.ts';
import { exitCodeOf, HilumError } from '../../../src/pipeline/domain/errors.ts';
import { notice } from '../../../src/pipeline/domain/outcome.ts';
import { filesOf, requiredFiles, sealVersion } from '../../../src/pipeline/domain/sealed-model.ts';
import { gateTaps, openSealedModel, type SealedContents, sealModel } from '../../../src/pipeline/network/index.ts';
import { randomNetwork } from './random-network.ts';

const network = randomNetwork(3);

const contents: SealedContents = {
  network,
  contract: {
    version: 1,
    classes: ['Cyst', 'Normal', 'Stone'],
    domains: ['display'],
    windows: [{ center: 40, width: 400 }],
    crop: 'body',
    padding: 'none',
    resize: 'area',
    size: 16,
    channels: 3,
    mean: 127,
    std: 128,
  },
  golden: [{ seed: 1, domain: 'display', inputMean: -0.25, probabilities: [0.5, 0.25, 0.25] }],
  calibration: { temperature: 1, review_below: 0.5, evidence: null },
  card: {
    title: 'Test model',
    trained_on: 'random numbers',
    data_notice: 'No data.',
    backbone: 'none',
    classes: ['Cyst', 'Normal', 'Stone'],
    counts: { Cyst: { images: 3, scans: 2, groups: 1 } },
    metrics: { balanced_accuracy: 0.5, auc: null },
    honesty: 'grouped',
    created_at: '2026-01-01T00:00:00.000Z',
    code_version: '0.1.0',
    notice,
  },
};

let root: string;
let sealed: string;
let copy: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-sealed-'));
  sealed = join(root, 'model');
  copy = join(root, 'copy');
  await sealModel(sealed, contents);
});
beforeEach(async () => {
  await rm(copy, { recursive: true, force: true });
  await cp(sealed, copy, { recursive: true });
});
afterAll(() => rm(root, { recursive: true }));

async function refusal(folder = copy): Promise<HilumError> {
  const error = await openSealedModel(folder).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HilumError)) throw new Error(`expected a HilumError, got ${error}`);
  return error;
}

/** Seals whatever lies in the folder, as somebody with this code could. */
async function reseal(extra: object = {}): Promise<void> {
  const files: Record<string, string> = {};
  for (const name of requiredFiles) files[name] = sha256(await readFile(join(copy, name)));
  const body = { format: 'hilum-sealed-model', version: 1, files, ...extra };
  await writeFile(
    join(copy, 'seal.json'),
    `${JSON.stringify({ ...body, hash: sha256(canonicalJson(body)) }, null, 2)}\n`,
  );
}

describe('sealed model', () => {
  it('opens with everything that was put in, and nothing else lies in the folder', async () => {
    const model = await openSealedModel(sealed);
    expect(model.name).toBe('model');
    expect(model.contract).toEqual(contents.contract);
    expect(model.golden).toEqual(contents.golden);
    expect(model.calibration).toEqual(contents.calibration);
    expect(model.card).toEqual(contents.card);
    expect((await model.network()).network).toEqual(network.network);
    expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await readdir(sealed)).toSorted()).toEqual([...requiredFiles, 'seal.json'].toSorted());
    expect(await readFile(join(sealed, 'card.md'), 'utf8')).toContain('Research use only. Not for diagnosis.');
  });

  it('has the same seal for the same contents', async () => {
    const again = await sealModel(join(root, 'again'), contents);
    expect(again.hash).toBe((await openSealedModel(sealed)).sealHash);
  });

  it.each([...requiredFiles, 'seal.json'])(
    '[C4] names %s when one byte of it is changed, anywhere in it',
    async (name) => {
      const path = join(copy, name);
      const bytes = await readFile(path);
      for (let step = 0; step < 25; step++) {
        const changed = Buffer.from(bytes);
        const at = Math.floor((step / 24) * (bytes.length - 1));
        changed[at] = (changed[at] ?? 0) ^ (1 << (step % 8));
        await writeFile(path, changed);
        const error = await refusal();
        expect(error.code).toBe('model/seal-broken');
        expect(error.facts.file).toBe(name);
        expect(exitCodeOf(error)).toBe(4);
      }
    },
  );

  it.each([...requiredFiles, 'seal.json'])('[C4] names %s when it is missing or cut short', async (name) => {
    const path = join(copy, name);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    expect((await refusal()).facts.file).toBe(name);
    await rm(path);
    const error = await refusal();
    expect([error.code, error.facts.file, exitCodeOf(error)]).toEqual(['model/not-sealed', name, 4]);
  });

  it('carries a gate where there is one, its second output in model.onnx, and guards the file like every other', async () => {
    const numbers = { dimensions: 1, mean: 'AAAAAA==', spread: 'AACAPw==', factor: 'AACAPw==', limit: 4 };
    const evidence = { images: 9, groups: 3, refused: 0, groups_above: 0, unseen: true, trials: [] };
    const taps = gateTaps(network.network);
    const gate = { version: 1 as const, taps, picture_facts: [], refusals: 0.05, ...numbers, evidence };
    const seal = await sealModel(join(root, 'gated'), { ...contents, gate });
    expect(filesOf(seal).map(({ name }) => name)).toEqual([...requiredFiles, 'gate.json']);
    const gated = await openSealedModel(join(root, 'gated'));
    expect([gated.gate, gated.trust]).toEqual([gate, undefined]);
    expect(Buffer.from(gated.onnx).includes('pooled')).toBe(true);
    expect(Buffer.from((await openSealedModel(sealed)).onnx).includes('pooled')).toBe(false);
    expect(await readFile(join(root, 'gated', 'card.md'), 'utf8')).toContain(
      'Out-of-distribution gate: refuses pictures',
    );
    await writeFile(join(root, 'gated', 'gate.json'), JSON.stringify({ ...gate, limit: 400 }));
    expect(await refusal(join(root, 'gated'))).toMatchObject({
      code: 'model/seal-broken',
      facts: { file: 'gate.json' },
    });
    await rm(join(root, 'gated', 'gate.json'));
    expect(await refusal(join(root, 'gated'))).toMatchObject({
      code: 'model/not-sealed',
      facts: { file: 'gate.json' },
    });
  });

  it('opens a model of version 1, which has no optional files', async () => {
    await reseal();
    const model = await openSealedModel(copy);
    expect([model.gate, model.trust]).toEqual([undefined, undefined]);
    await writeFile(join(copy, 'gate.json'), '{}');
    expect((await refusal()).code).toBe('model/surplus-file');
  });

  it('refuses a file that does not belong there, a missing folder and a newer version', async () => {
    await writeFile(join(copy, 'extra.js'), '');
    expect((await refusal()).code).toBe('model/surplus-file');
    await rm(join(copy, 'extra.js'));
    await reseal({ version: sealVersion + 1 });
    expect((await refusal()).code).toBe('model/newer');
    expect((await refusal(join(root, 'nowhere'))).code).toBe('model/missing');
  });

  it('[C5] refuses NaN in weights, when sealing and when somebody sealed it all the same', async () => {
    const weights = new Map(network.weights);
    const [name, weight] = [...weights][0] ?? ['', { shape: [], data: new Float32Array() }];
    weights.set(name, {
      shape: weight.shape,
      data: weight.data.map((value, index) => (index === 0 ? Number.NaN : value)),
    });
    const target = join(root, 'nan');
    const poisoned = { ...contents, network: { ...network, weights } };
    await expect(sealModel(target, poisoned)).rejects.toThrow('model/not-finite');
    expect((await refusal(target)).code).toBe('model/missing');

    const bytes = await readFile(join(copy, 'weights.bin'));
    bytes.writeFloatLE(Number.NaN, 4);
    await writeFile(join(copy, 'weights.bin'), bytes);
    await reseal();
    expect((await refusal()).code).toBe('model/not-finite');
  });
});
