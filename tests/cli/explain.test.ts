import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failedParts, trustSchema } from '../../src/pipeline/domain/trust.ts';
import { hilum as hilumOnce } from '../helpers/cli.ts';
import { greyPng } from '../helpers/grey-png.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

let root: string;
beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-explain-cli-'));
  await sealTinyModel(join(root, 'model'));
  await writeFile(join(root, 'one.png'), await greyPng(48, 40, (x, y) => 60 + x + y));
  await writeFile(join(root, 'broken.png'), 'no picture');
  await hilumOnce(['init', 'study'], { cwd: root });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('explain and models trust', () => {
  it('say the same of a model: a failed test makes no map and ends with 4, a passed one makes overlays', async () => {
    const tested = await hilum(root, 'models', 'trust', 'model', '--workspace', 'study', '--json');
    const { seal: _seal, exit, ...trust } = JSON.parse(tested.stdout);
    const { passed } = trustSchema.parse(trust);
    expect(tested.code).toBe(passed ? 0 : 4);
    expect(exit).toBe(tested.code);
    const words = ['explain', 'one.png', '--model', 'model', '--out', 'maps', '--workspace', 'study', '--json'];
    const explained = await hilum(root, ...words);
    expect(explained.code).toBe(passed ? 0 : 4);
    const { explained: report, words: hint } = JSON.parse(explained.stdout);
    // The test was recorded: it is not made a second time.
    expect(report).toMatchObject({ trustFrom: 'recorded', trust: { passed } });
    expect(hint).toContain('never evidence');
    expect(await readdir(join(root, 'maps'))).toEqual(passed ? ['0001-one.png.png', 'explain.json'] : ['explain.json']);
    if (!passed) {
      expect(failedParts(trust).length).toBeGreaterThan(0);
      expect(explained.stderr).toContain('explain/not-trusted');
    }
    expect(JSON.parse(await readFile(join(root, 'maps', 'explain.json'), 'utf8')).notice).toContain(
      'Research use only',
    );
  });

  it('neighbours exist only where the model was trained, and that is said', async () => {
    const words = ['explain', 'one.png', '--neighbours', '--model', 'model'];
    const outside = await hilum(root, ...words);
    expect(outside.code).toBe(2);
    expect(outside.stderr).toContain('explain/elsewhere');
    const elsewhere = await hilum(root, ...words, '--workspace', 'study');
    expect(elsewhere.stderr).toContain('explain/elsewhere');
  });

  it('asks for a place to write, and names the nearest class', async () => {
    expect((await hilum(root, 'explain', 'one.png', '--model', 'model')).code).toBe(2);
    const words = ['explain', 'one.png', '--model', 'model', '--out', 'maps', '--class', 'Cist'];
    const { code, stderr } = await hilum(root, ...words, '--workspace', 'study');
    expect(code).toBe(2);
    expect(stderr).toContain('"Cyst"');
  });
});
