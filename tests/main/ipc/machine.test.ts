import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cacheKinds } from '../../../src/main/ipc/contract/machine.ts';
import { testCore, testFolder } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';

beforeAll(buildHilum);

describe('the machine', () => {
  it('is checked with the words of doctor, in the app without starting scripts', async () => {
    const { ask } = await testCore();
    const { checks, cores, processor, memoryMb } = await ask('machine/check', {});
    const names = checks.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Node', 'sharp', 'TensorFlow', 'demo model', 'free disk here']));
    for (const { ok, mend, found } of checks) {
      expect(mend === '').toBe(ok);
      expect(found).not.toBe('');
    }
    expect(cores).toBeGreaterThan(0);
    expect(memoryMb).toBeGreaterThan(100);
    expect(typeof processor).toBe('string');
    const app = await testCore({ surface: { transport: 'app' } });
    const inApp = (await app.ask('machine/check', {})).checks;
    expect(inApp.map(({ name, ok }) => [name, ok])).toEqual(checks.map(({ name, ok }) => [name, ok]));
    expect(inApp.find(({ name }) => name === 'sharp')?.found).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('is measured with the default model, and not while a job runs', async () => {
    const { ask, ended } = await testCore();
    const { engine, imagesPerSecond, images, threads } = await ask('machine/speed', {});
    expect(engine).toBe('ONNX Runtime');
    expect(imagesPerSecond).toBeGreaterThan(0);
    expect(images).toBeGreaterThan(0);
    expect(threads).toBeGreaterThan(0);
    const { job } = await ask('demo/classify', {});
    await expect(ask('machine/speed', {})).rejects.toThrow('machine/busy');
    for (const kind of cacheKinds) await expect(ask('cache/clear', { kind })).rejects.toThrow('machine/busy');
    await ask('jobs/cancel', { job });
    await ended(job);
  });
});

describe('caches', () => {
  it('are measured and cleared one by one; records and models stay', async () => {
    const folder = await testFolder();
    const { ask } = await testCore({ folder });
    const { root } = (await ask('app/state', {})).workspace;
    const state = join(root, '.hilum');
    const files = {
      features: join(state, 'cache', 'features', 'abc', 'part.bin'),
      thumbnails: join(state, 'cache', 'thumbnails.bin'),
      uploads: join(folder, 'user-data', 'hilum', 'uploads', 'u1', 'a.png'),
      demo: join(state, 'demo', 'incoming', 'b.png'),
    };
    for (const file of [...Object.values(files), join(state, 'models', 'kept')]) {
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, Buffer.alloc(1000));
    }
    const sizes = await ask('cache/sizes', {});
    expect(sizes.folder).toBe(state);
    expect(sizes.records).toBeGreaterThan(4096);
    expect(sizes.caches.map(({ kind, bytes, files: count }) => [kind, bytes, count])).toEqual(
      cacheKinds.map((kind) => [kind, 1000, 1]),
    );
    for (const kind of cacheKinds) {
      expect(await ask('cache/clear', { kind })).toEqual({ bytes: 1000 });
      expect(existsSync(files[kind])).toBe(false);
      expect(await ask('cache/clear', { kind })).toEqual({ bytes: 0 });
    }
    expect(existsSync(join(state, 'models', 'kept'))).toBe(true);
    expect((await ask('cache/sizes', {})).records).toBe(sizes.records);
  });
});

describe('the demo dataset', () => {
  it('is drawn, named in config.yaml beside its comments, and ingested; a second one is refused', async () => {
    const { ask, ended, pushes, bugs } = await testCore();
    const { root } = (await ask('app/state', {})).workspace;
    const { job } = await ask('demo/dataset', {});
    expect(await ended(job)).toMatchObject({ kind: 'demo-study', state: 'completed', error: null });
    expect(bugs).toEqual([]);
    const config = await readFile(join(root, 'config.yaml'), 'utf8');
    expect(config).toContain('source: ".hilum/demo/dataset/images"\n');
    expect(config).toContain('# What the images are, in one sentence');
    const manifest = await readFile(join(root, 'artifacts', 'dataset', 'manifest.csv'), 'utf8');
    expect(manifest.trim().split('\n')).toHaveLength(1 + 4 * 8 * 6);
    expect(pushes.some((push) => push.topic === 'changed' && push.what === 'dataset')).toBe(true);
    const fractions = pushes.flatMap((push) => (push.topic === 'job' ? [push.job.progress?.fraction ?? 0] : []));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    await expect(ask('demo/dataset', {})).rejects.toThrow('config/has-source');
  });

  it('is refused where a source is named, which stays', async () => {
    const folder = await testFolder();
    const { initWorkspace } = await import('../../../src/main/workspace/init.ts');
    const root = join(folder, 'study');
    await initWorkspace(root, { source: '../images' });
    const { ask } = await testCore({ folder, workspace: root });
    await expect(ask('demo/dataset', {})).rejects.toThrow('config/has-source');
    expect(await readFile(join(root, 'config.yaml'), 'utf8')).toContain('source: "../images"');
    expect((await ask('jobs/list', {})).jobs).toEqual([]);
  });
});
