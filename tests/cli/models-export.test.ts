import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addModel } from '../../src/main/models/store.ts';
import { openRecords } from '../../src/main/records/index.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { flipByte, sealTinyModel } from '../helpers/tiny-model.ts';

const unzip = promisify(execFile);
let root: string;
let seal: string;
beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-models-export-'));
  seal = (await sealTinyModel(join(root, 'model'))).hash;
});
afterAll(() => rm(root, { recursive: true, force: true }));

const exported = (...words: readonly string[]) => hilum(root, 'models', 'export', ...words);

describe('models export', () => {
  it('writes each format into a folder and says what was checked', async () => {
    for (const [format, file] of [
      ['sealed', 'seal.json'],
      ['tfjs', 'model.json'],
      ['onnx', 'model.onnx'],
      ['keras', 'model.h5'],
    ] as const) {
      const { code, stdout } = await exported('model', '--format', format, '--out', `as-${format}`, '--json');
      expect(code).toBe(0);
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({ seal, format, out: join(root, `as-${format}`) });
      expect(report.notice).toBe('Research use only. Not for diagnosis.');
      expect(report.largestDifference).toBeLessThan(1e-4);
      expect(await readdir(join(root, `as-${format}`))).toContain(file);
    }
    expect((await hilum(root, 'models', 'verify', 'as-sealed')).code).toBe(0);
    const { stdout } = await exported('model', '--format', 'keras', '--out', 'as-text');
    expect(stdout).toMatch(/2 golden answers, largest difference \d/);
    expect(stdout).toContain('Research use only. Not for diagnosis.');
  });

  it('writes one zip, the same for the same model', async () => {
    for (const out of ['one.zip', 'two.ZIP']) {
      expect((await exported('model', '--format', 'onnx', '--out', out)).code).toBe(0);
    }
    expect((await readFile(join(root, 'one.zip'))).equals(await readFile(join(root, 'two.ZIP')))).toBe(true);
    await unzip('python3', ['-m', 'zipfile', '-e', join(root, 'one.zip'), join(root, 'unzipped')]);
    const [folder = ''] = await readdir(join(root, 'unzipped'));
    expect(folder).toBe(`hilum-onnx-${seal.slice(0, 12)}`);
    expect(await readdir(join(root, 'unzipped', folder))).toContain('model.onnx');
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('never writes over what is there without --force, and never over what is no export', async () => {
    await exported('model', '--format', 'onnx', '--out', 'there');
    const again = await exported('model', '--format', 'onnx', '--out', 'there');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('there exists already');
    expect((await exported('model', '--format', 'tfjs', '--out', 'there', '--force')).code).toBe(0);
    await writeFile(join(root, 'old.zip'), 'old');
    expect((await exported('model', '--format', 'onnx', '--out', 'old.zip')).code).toBe(2);
    expect(await readFile(join(root, 'old.zip'), 'utf8')).toBe('old');
    expect((await exported('model', '--format', 'onnx', '--out', 'old.zip', '--force')).code).toBe(0);
    expect((await exported('model', '--format', 'onnx', '--out', '.', '--force')).code).toBe(2);
    const inside = await exported('model', '--format', 'onnx', '--out', join('model', 'x.zip'));
    expect(inside).toMatchObject({ code: 2, stderr: expect.stringContaining('the model itself') });
    expect((await hilum(root, 'models', 'verify', 'model')).code).toBe(0);
  });

  it('refuses a broken seal with 4, an unknown model and an unknown format with 2', async () => {
    await cp(join(root, 'model'), join(root, 'broken'), { recursive: true });
    await flipByte(join(root, 'broken', 'weights.bin'));
    const broken = await exported('broken', '--format', 'onnx', '--out', 'never');
    expect(broken).toMatchObject({ code: 4, stderr: expect.stringContaining('weights.bin') });
    expect((await exported('nowhere', '--format', 'onnx', '--out', 'never')).code).toBe(2);
    expect((await exported('model', '--format', 'pickle', '--out', 'never')).code).toBe(2);
    expect(await readdir(root)).not.toContain('never');
  });

  it('takes a model of the workspace by its seal and writes it into the audit trail', async () => {
    expect((await hilum(root, 'init', 'study')).code).toBe(0);
    const study = join(root, 'study');
    await addModel(join(study, '.hilum'), join(root, 'model'), { origin: 'imported', run: null });
    const words = ['models', 'export', seal.slice(0, 12), '--format', 'tfjs', '--out', 'away'];
    const { code, stderr } = await hilum(study, ...words);
    expect(stderr).not.toContain('in use');
    expect(code).toBe(0);
    const records = openRecords(join(study, '.hilum', 'hilum.db'));
    const [row] = records.audit.ofAction('export');
    records.close();
    expect(row).toMatchObject({ subject: seal, details: '{"format":"tfjs"}' });
  });
});
