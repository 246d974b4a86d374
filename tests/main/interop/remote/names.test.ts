import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRemote } from '../../../../src/main/interop/remote/index.ts';
import { addRemote, listRemotes, removeRemote } from '../../../../src/main/interop/remote/names.ts';
import { initWorkspace } from '../../../../src/main/workspace/init.ts';
import { temporaryFolder } from '../../../helpers/records.ts';

async function workspace(): Promise<{ root: string; config: () => string }> {
  const root = join(temporaryFolder(), 'study');
  await initWorkspace(root, {});
  mkdirSync(join(root, '.dvc'), { recursive: true });
  return { root, config: () => readFileSync(join(root, '.dvc/config'), 'utf8') };
}

const added = { settings: {}, isDefault: false };

describe('remotes', () => {
  it('are written as DVC writes them, a typed path relative to .dvc', async () => {
    const { root, config } = await workspace();
    await addRemote(root, { ...added, name: 'store', url: '../store', cwd: root, isDefault: true });
    const settings = { endpointurl: 'http://127.0.0.1:9', region: 'eu-north-1' };
    await addRemote(root, { name: 'bucket', url: 's3://bucket/a/b/', cwd: root, settings, isDefault: false });
    expect(config()).toContain('remote = store\n');
    expect(config()).toContain(
      `['remote "store"']\n    url = ../../store\n['remote "bucket"']\n    url = s3://bucket/a/b\n    endpointurl = http://127.0.0.1:9\n    region = eu-north-1\n`,
    );
    expect(await listRemotes(root)).toEqual([
      { name: 'store', url: join(root, '../store'), isDefault: true },
      { name: 'bucket', url: 's3://bucket/a/b', isDefault: false },
    ]);
    await removeRemote(root, 'store');
    expect(config()).not.toContain('store');
    expect(await listRemotes(root)).toEqual([{ name: 'bucket', url: 's3://bucket/a/b', isDefault: false }]);
    await expect(openRemote(root, undefined, {})).rejects.toMatchObject({ code: 'remote/none' });
  });

  it.each([
    ['gs://bucket', 'remote/bad-url'],
    ['ssh://host/folder', 'remote/bad-url'],
    ['s3://key:secret@bucket/prefix', 'remote/bad-url'],
    ['https://host/store', 'remote/bad-url'],
  ])('refuse the address %s, without repeating what it holds', async (url, code) => {
    const { root } = await workspace();
    const adding = addRemote(root, { ...added, name: 'x', url, cwd: root });
    await expect(adding).rejects.toMatchObject({ code });
    await expect(adding).rejects.not.toThrow('secret');
  });

  it('refuse names that are taken, unknown, or no names', async () => {
    const { root } = await workspace();
    await addRemote(root, { ...added, name: 'store', url: '../store', cwd: root });
    const again = addRemote(root, { ...added, name: 'store', url: '../other', cwd: root });
    await expect(again).rejects.toMatchObject({ code: 'remote/exists' });
    for (const name of ['', 'a b', 'a"]\nx=1', '../x']) {
      const bad = addRemote(root, { ...added, name, url: '../other', cwd: root });
      await expect(bad).rejects.toMatchObject({ code: 'remote/bad-name' });
    }
    await expect(removeRemote(root, 'stroe')).rejects.toMatchObject({ facts: { nearest: 'store' } });
    await expect(openRemote(root, 'stroe', {})).rejects.toMatchObject({ code: 'remote/unknown' });
  });
});
