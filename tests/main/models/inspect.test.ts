import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectModel } from '../../../src/main/models/inspect.ts';
import { testFolder } from '../../helpers/core.ts';
import { flipByte, sealTinyModel } from '../../helpers/tiny-model.ts';

describe('the state of a model', () => {
  it('[C4] names the file when one byte of it was changed, and forgets that when it is mended', async () => {
    const folder = join(await testFolder(), 'model');
    const { hash } = await sealTinyModel(folder);
    const whole = await inspectModel(folder);
    expect(whole).toMatchObject({ problem: null, identity: { seal: hash } });
    expect(whole.bytes).toBeGreaterThan(1000);
    await flipByte(join(folder, 'weights.bin'));
    expect((await inspectModel(folder)).problem).toContain('weights.bin was changed');
    expect((await inspectModel(folder)).identity?.seal).toBe(hash);
    await flipByte(join(folder, 'weights.bin'));
    expect((await inspectModel(folder)).problem).toBeNull();
    await writeFile(join(folder, 'extra.js'), '');
    expect((await inspectModel(folder)).problem).toContain('extra.js');
  });

  it('says what is wrong with a folder that is no model, missing or unreadable, and never throws', async () => {
    const folder = await testFolder();
    expect((await inspectModel(join(folder, 'nowhere'))).problem).toContain('No sealed model');
    expect((await inspectModel(folder)).problem).toContain('seal.json is missing');
    await mkdir(join(folder, 'seal.json'));
    expect((await inspectModel(folder)).problem).toContain('seal.json');
    await rm(join(folder, 'seal.json'), { recursive: true });
    await writeFile(join(folder, 'seal.json'), '{"version": 1');
    expect(await inspectModel(folder)).toMatchObject({
      identity: undefined,
      problem: expect.stringContaining('seal.json'),
    });
  });
});
