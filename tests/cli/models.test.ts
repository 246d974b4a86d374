import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedFiles } from '../../src/pipeline/domain/sealed-model.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

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

  it.each([...sealedFiles, 'seal.json'])(
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
});
