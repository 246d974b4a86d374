import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addModel, modelStore } from '../../src/main/models/store.ts';
import { requiredFiles } from '../../src/pipeline/domain/sealed-model.ts';
import { greyPng } from '../helpers/grey-png.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { flipByte, sealTinyModel } from '../helpers/tiny-model.ts';

let root: string;
let seal: string;
beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-models-'));
  seal = (await sealTinyModel(join(root, 'model'))).hash;
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('models', () => {
  it('verify accepts a whole model and names it', async () => {
    const { code, stdout } = await hilum(root, 'models', 'verify', 'model', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verified: true, seal, title: 'Tiny model', golden: 2 });
    expect((await hilum(root, 'models', 'verify', 'model')).stdout).toContain('Cyst, Normal, Stone');
  });

  it.each([...requiredFiles, 'seal.json'])(
    '[C4] verify ends with 4 and names %s when one byte of it was changed',
    async (name) => {
      const broken = join(root, `broken-${name}`);
      await cp(join(root, 'model'), broken, { recursive: true });
      const bytes = await readFile(join(broken, name));
      bytes[5] = (bytes[5] ?? 0) ^ 1;
      await writeFile(join(broken, name), bytes);
      const { code, stdout, stderr } = await hilum(root, 'models', 'verify', broken, '--json');
      expect(code).toBe(4);
      expect(JSON.parse(stdout).error).toMatchObject({ code: 'model/seal-broken', facts: { file: name } });
      expect(stderr).toContain(name);
    },
  );

  it('verify ends with 4 when a file is missing or too many, with 2 when there is no model', async () => {
    const broken = join(root, 'incomplete');
    await cp(join(root, 'model'), broken, { recursive: true });
    await writeFile(join(broken, 'extra.js'), '');
    expect((await hilum(root, 'models', 'verify', broken)).code).toBe(4);
    await rm(join(broken, 'card.json'));
    expect((await hilum(root, 'models', 'verify', broken)).stderr).toContain('card.json');
    await rm(join(broken, 'seal.json'));
    expect((await hilum(root, 'models', 'verify', broken)).code).toBe(4);
    expect((await hilum(root, 'models', 'verify', 'nowhere')).code).toBe(2);
    expect((await hilum(root, 'models', 'verify', 'model/card.md')).code).toBe(2);
  });

  it('show prints the card; list shows the model of the workspace and the one that comes along', async () => {
    expect(JSON.parse((await hilum(root, 'models', 'show', 'model', '--json')).stdout)).toMatchObject({
      seal,
      synthetic: true,
    });
    expect((await hilum(root, 'models', 'show', 'model')).stdout).toContain('Research use only');
    await hilum(root, 'init', 'study');
    await cp(join(root, 'model'), join(root, 'study', 'artifacts', 'model'), { recursive: true });
    const { code, stdout } = await hilum(root, 'models', 'list', '-w', 'study', '--json');
    expect(code).toBe(0);
    const [own, bundled] = JSON.parse(stdout);
    expect(own).toMatchObject({ source: 'workspace', seal, problem: null });
    expect(bundled.source).toBe('bundled');
    expect((await hilum(root, 'models', 'list', '-w', 'study')).stdout).toContain('Tiny model');
  });

  it('list shows stored models too; classify takes one by the first digits of its seal', async () => {
    const study = join(root, 'shelf');
    await hilum(root, 'init', 'shelf');
    const other = await sealTinyModel(join(root, 'other'), { seed: 8, title: 'Other model' });
    const state = join(study, '.hilum');
    await addModel(state, join(root, 'model'), { origin: 'trained', run: 'r1', addedAt: '2026-01-01T00:00:00Z' });
    await addModel(state, join(root, 'other'), { origin: 'imported', run: null, addedAt: '2026-01-02T00:00:00Z' });
    const listed = JSON.parse((await hilum(study, 'models', 'list', '--json')).stdout);
    expect(listed.map((each: { source: string; seal: string }) => [each.source, each.seal])).toEqual([
      ['workspace', null],
      ['imported', other.hash],
      ['trained', seal],
      ['bundled', expect.any(String)],
    ]);
    await mkdir(join(study, 'scans'));
    await writeFile(join(study, 'scans', 'a.png'), await greyPng(64, 64, (x, y) => x * y));
    const classify = (model: string) => hilum(study, 'classify', 'scans', '--out', 'out.csv', '--model', model);
    const named = await classify(other.hash.slice(0, 8));
    expect(named.code).toBe(0);
    expect(named.stderr).toContain(`Other model`);
    expect((await classify(other.hash)).code).toBe(0);
    expect((await classify(other.hash.slice(0, 7))).code).toBe(2);
    expect((await classify('ffffffff')).stderr).toContain('No sealed model');
    await flipByte(join(modelStore(state), other.hash, 'weights.bin'));
    const broken = await classify(other.hash.slice(0, 8));
    expect(broken.code).toBe(4);
    expect(broken.stderr).toContain('weights.bin');
    expect((await hilum(study, 'models', 'list')).stdout).toContain('weights.bin was changed');
  });
});
