import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportFormats } from '../../../src/pipeline/domain/export-model.ts';
import { testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { flipByte, sealTinyModel } from '../../helpers/tiny-model.ts';

beforeAll(buildHilum);

describe('models/export', () => {
  it('hands over one zip of each format', async () => {
    const { ask, folder, delivered } = await testCore();
    const { hash } = await sealTinyModel(join(folder, 'model'));
    await ask('models/import', { folder: join(folder, 'model') });
    for (const format of exportFormats) {
      const made = await ask('models/export', { model: hash, format });
      if (made.kind !== 'saved') throw new Error(`the file was ${made.kind}`);
      const name = `hilum-${format}-${hash.slice(0, 12)}`;
      expect(delivered.has(`${name}.zip`)).toBe(true);
      const bytes = await readFile(made.path);
      expect(bytes.subarray(0, 2).toString()).toBe('PK');
      expect(bytes.includes(`${name}/${format === 'sealed' ? 'seal.json' : 'README.txt'}`)).toBe(true);
    }
  });

  it('refuses an unknown model and one whose bytes were changed', async () => {
    const { ask, folder, delivered } = await testCore();
    const { hash } = await sealTinyModel(join(folder, 'model'));
    await expect(ask('models/export', { model: hash, format: 'onnx' })).rejects.toThrow('model/unknown');
    await ask('models/import', { folder: join(folder, 'model') });
    const { root } = (await ask('app/state', {})).workspace;
    await flipByte(join(root, '.hilum', 'models', hash, 'weights.bin'));
    await expect(ask('models/export', { model: hash, format: 'keras' })).rejects.toThrow('model/seal-broken');
    expect(delivered.size).toBe(0);
  });
});
