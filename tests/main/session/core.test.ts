import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore } from '../../../src/main/session/index.ts';
import { caller, testCore, testFolder } from '../../helpers/core.ts';

const openWorker = () => Promise.reject(new Error('no worker in this test'));

describe('the core of a session', () => {
  it('makes the default workspace on first use and opens it again', async () => {
    const first = await testCore({ openWorker });
    const root = join(first.folder, 'user-data', 'hilum', 'workspace');
    expect(await readdir(root)).toEqual(expect.arrayContaining(['.hilum', 'config.yaml', 'params.yaml', 'dvc.yaml']));
    expect(await first.ask('jobs/list', {})).toEqual({ jobs: [] });
    await first.core.close();
    const second = await testCore({ openWorker, folder: first.folder });
    expect(await second.ask('jobs/list', {})).toEqual({ jobs: [] });
  });

  it('lets nobody else write in the workspace, and frees it at the end, twice is once', async () => {
    const { core, folder } = await testCore({ openWorker });
    await expect(testCore({ openWorker, folder })).rejects.toThrow('workspace/busy');
    await Promise.all([core.close(), core.close()]);
    const again = await testCore({ openWorker, folder });
    await again.core.close();
    expect(await again.core.call('jobs/list', {}, caller)).toEqual({
      ok: false,
      error: { code: 'call/lost', facts: {} },
    });
  });

  it('[D3] removes the temporary files of its end, and those of processes that were killed', async () => {
    const folder = await testFolder();
    const temporary = join(folder, 'user-data', 'hilum', 'tmp');
    const [dead, alive] = ['999999999-abcdef', `${process.pid}-abcdef`];
    for (const name of [dead, alive, 'odd']) await mkdir(join(temporary, name), { recursive: true });
    const { core } = await testCore({ openWorker, folder });
    const names = await readdir(temporary);
    expect(names).toHaveLength(2);
    expect(names).toContain(alive);
    const own = names.find((name) => name !== alive) ?? '';
    expect((await stat(join(temporary, own))).mode & 0o777).toBe(0o700);
    await core.close();
    expect(await readdir(temporary)).toEqual([alive]);
  });

  it('leaves nothing open or behind when a workspace cannot be opened', async () => {
    const folder = await testFolder();
    const surface = { access: { roots: [], require: async (path: string) => path, grant: () => undefined } };
    const options = { surface: { ...surface, transport: 'browser', canSwitchWorkspace: false } as const, openWorker };
    const workspace = join(folder, 'nowhere');
    const opened = openCore({
      ...options,
      surface: { ...options.surface, deliver: async () => ({ kind: 'cancelled' }), setTheme: () => undefined },
      env: { XDG_DATA_HOME: folder },
      workspace,
    });
    await expect(opened).rejects.toThrow('workspace/missing');
    expect(await readdir(join(folder, 'hilum', 'tmp'))).toEqual([]);
    expect(await readdir(folder)).toEqual(['hilum']);
  });
});
