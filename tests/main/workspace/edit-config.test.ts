import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setConfigKeys } from '../../../src/main/workspace/edit-config.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { openWorkspace } from '../../../src/main/workspace/open.ts';
import { testFolder } from '../../helpers/core.ts';

async function edited(before: string | undefined, keys: Parameters<typeof setConfigKeys>[1]): Promise<string> {
  const root = await testFolder();
  await initWorkspace(root, {});
  const path = join(root, 'config.yaml');
  if (before !== undefined) await writeFile(path, before);
  await setConfigKeys(root, keys);
  expect((await openWorkspace(root)).config).toMatchObject(keys);
  return readFile(path, 'utf8');
}

describe('setting keys of config.yaml', () => {
  it('changes the proposed line of a new workspace and nothing else', async () => {
    const template = await readFile(join(import.meta.dirname, '../../../config/config.yaml'), 'utf8');
    const text = await edited(undefined, { source: 'a $& "b"', description: 'one: two' });
    const rest = (lines: string) => lines.split('\n').filter((line) => !/^(# )?(source|description): /.test(line));
    expect(rest(text)).toEqual(rest(template));
  });

  it('keeps comments and order where the key is there already, or nowhere', async () => {
    const text = await edited('# mine\nclasses: [A, B] # two\n\nsource: old # here\n', { source: 'new' });
    expect(text).toBe('# mine\nclasses: [A, B] # two\n\nsource: new # here\n');
    expect(await edited('# only words\n', { source: 'x' })).toContain('# only words');
    expect(await edited('', { source: 'x' })).toBe('source: x\n');
    expect(await edited('classes: [A, B]\n', { description: 'd' })).toContain('description: d');
  });

  it('leaves a broken file alone', async () => {
    await expect(edited('classes: [A\n', { source: 'x' })).rejects.toThrow('config/');
    await expect(edited('nonsense: 1\n', { source: 'x' })).rejects.toThrow('config/unknown-key');
  });
});
