import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSettings } from '../../../src/main/session/settings-store.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { caller, testCore, testFolder } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

beforeAll(buildHilum);

describe('app/state', () => {
  it('is a first run until the notice is accepted, and says what the transport can', async () => {
    const { ask } = await testCore();
    const first = await ask('app/state', {});
    expect(first).toMatchObject({
      transport: 'browser',
      firstRun: true,
      canPickFolders: false,
      canUpload: false,
      canSwitchWorkspace: true,
      login: '',
      workspace: { isDefault: true },
    });
    await ask('app/accept-notice', {});
    expect((await ask('app/state', {})).firstRun).toBe(false);
  });

  it('is no first run where something was ingested; the app knows who is logged in', async () => {
    const folder = await testFolder();
    const root = join(folder, 'study');
    await initWorkspace(root, {});
    await mkdir(join(root, 'artifacts', 'dataset'), { recursive: true });
    await writeFile(join(root, 'artifacts', 'dataset', 'manifest.csv'), '');
    const { ask } = await testCore({ folder, workspace: root, surface: { transport: 'app' } });
    const state = await ask('app/state', {});
    expect(state).toMatchObject({ firstRun: false, login: userInfo().username });
    expect(state.workspace).toEqual({ root, name: 'study', isDefault: false });
  });

  it('starts with the chosen model, else the newest trained one, else the bundled one', async () => {
    const { ask, folder } = await testCore();
    const { addModel, bundledId } = await import('../../../src/main/models/store.ts');
    const state = join((await ask('app/state', {})).workspace.root, '.hilum');
    expect((await ask('app/state', {})).defaultModel).toBe(await bundledId());
    const ids = [];
    for (const [seed, origin] of [
      [1, 'trained'],
      [2, 'trained'],
      [3, 'imported'],
    ] as const) {
      await sealTinyModel(join(folder, `m${seed}`), { seed });
      ids.push(
        await addModel(state, join(folder, `m${seed}`), { origin, run: null, addedAt: `2026-01-0${seed}T00:00:00Z` }),
      );
    }
    expect((await ask('app/state', {})).defaultModel).toBe(ids[1]);
    await ask('models/set-default', { model: ids[2] ?? '' });
    expect((await ask('app/state', {})).defaultModel).toBe(ids[2]);
    await ask('models/delete', { model: ids[2] ?? '' });
    expect((await ask('app/state', {})).defaultModel).toBe(ids[1]);
  });

  it('hands the theme on, and knows the licences of what is installed', async () => {
    const themes: string[] = [];
    const { ask } = await testCore({ surface: { setTheme: (theme) => themes.push(theme) } });
    await ask('app/theme', { theme: 'light' });
    expect(themes).toEqual(['light']);
    const { own, packages } = await ask('app/licences', {});
    expect(own).toContain('Apache License');
    expect(packages.find(({ name }) => name === 'zod')).toMatchObject({ licence: 'MIT', version: expect.any(String) });
    expect(packages.every(({ licence }) => licence !== '')).toBe(true);
  });
});

describe('workspaces', () => {
  it('are made in an empty folder, a new one or one of images, opened, and remembered newest first', async () => {
    const { ask, folder, pushes } = await testCore();
    const own = (await ask('app/state', {})).workspace;
    const images = join(folder, 'images');
    await mkdir(join(images, 'Cyst'), { recursive: true });
    await writeFile(join(images, 'Cyst', 'IM-0001'), '');
    await writeFile(join(images, 'a.PNG'), '');
    const made = await ask('workspace/create', { path: images, description: 'CT "of" one hospital' });
    expect(made.workspace).toEqual({ root: images, name: 'images', isDefault: false });
    const second = (await ask('workspace/create', { path: join(folder, 'new') })).workspace;
    expect((await ask('app/state', {})).workspace).toEqual(second);
    expect((await ask('workspace/recent', {})).workspaces).toEqual([second, made.workspace, own]);
    expect((await ask('workspace/open', { path: images })).workspace).toEqual(made.workspace);
    expect((await ask('workspace/recent', {})).workspaces.map(({ root }) => root)).toEqual([
      images,
      second.root,
      own.root,
    ]);
    await ask('workspace/open', { path: own.root });
    await ask('workspace/forget-recent', {});
    expect((await ask('workspace/recent', {})).workspaces).toEqual([own]);
    expect(pushes.filter((push) => push.topic === 'changed' && push.what === 'workspace').length).toBeGreaterThan(0);
  });

  it('are refused where there is none, one already, other files, or no right', async () => {
    const { ask, folder } = await testCore();
    const other = join(folder, 'other');
    await mkdir(other);
    await expect(ask('workspace/open', { path: other })).rejects.toThrow('workspace/missing');
    await writeFile(join(other, 'notes.docx'), '');
    await expect(ask('workspace/create', { path: other })).rejects.toThrow('workspace/not-empty');
    await ask('workspace/create', { path: join(folder, 'w') });
    await expect(ask('workspace/create', { path: join(folder, 'w') })).rejects.toThrow('config/exists');
    for (const path of ['/', '/etc', join(folder, '..'), `${folder}/w/../..`, join(folder, '..', 'hilum-new')]) {
      await expect(ask('workspace/create', { path })).rejects.toThrow('access/outside');
      await expect(ask('workspace/open', { path })).rejects.toThrow(/^(access\/outside|source\/missing)$/);
    }
    const named = await testCore({ surface: { canSwitchWorkspace: false } });
    await expect(named.ask('workspace/open', { path: named.folder })).rejects.toThrow('access/refused');
    await expect(named.ask('workspace/create', { path: named.folder })).rejects.toThrow('access/refused');
    expect((await named.ask('workspace/recent', {})).workspaces).toHaveLength(1);
  });
});

describe('workspaces of earlier days', () => {
  it('open in the app without being chosen anew; a browser stays below its roots; what is gone is not listed', async () => {
    const elsewhere = await testFolder();
    for (const name of ['one', 'named']) await initWorkspace(join(elsewhere, name), {});
    const folder = await testFolder();
    const settings = await openSettings(join(folder, 'user-data', 'hilum'));
    await settings.change({ recentWorkspaces: [join(elsewhere, 'one'), join(elsewhere, 'gone')] });
    const app = await testCore({ folder, surface: { transport: 'app' }, workspace: join(elsewhere, 'named') });
    const listed = (await app.ask('workspace/recent', {})).workspaces;
    expect(listed.map(({ name }) => name)).toEqual(['named', 'one', 'My workspace']);
    expect((await app.ask('workspace/open', { path: join(elsewhere, 'one') })).workspace.name).toBe('one');
    expect((await app.ask('workspace/recent', {})).workspaces.map(({ name }) => name)).toEqual([
      'one',
      'named',
      'My workspace',
    ]);
    await expect(app.ask('workspace/open', { path: elsewhere })).rejects.toThrow('access/outside');
    await app.core.close();
    const browser = await testCore({ folder });
    expect((await browser.ask('workspace/recent', {})).workspaces.map(({ name }) => name)).toEqual(['My workspace']);
    await expect(browser.ask('workspace/open', { path: join(elsewhere, 'one') })).rejects.toThrow('access/outside');
  });

  it('stay as they are while a job runs, or when the other one is in use', async () => {
    const { ask, folder, ended } = await testCore();
    const own = (await ask('app/state', {})).workspace;
    await ask('workspace/create', { path: join(folder, 'w') });
    const other = await testCore({ folder, env: { XDG_DATA_HOME: join(folder, 'other-user') } });
    await expect(other.ask('workspace/open', { path: join(folder, 'w') })).rejects.toThrow('workspace/busy');
    expect((await other.ask('app/state', {})).workspace.isDefault).toBe(true);
    const { job } = await ask('demo/classify', {});
    await expect(ask('workspace/open', { path: own.root })).rejects.toThrow('workspace/jobs-running');
    await expect(ask('workspace/create', { path: join(folder, 'x') })).rejects.toThrow('workspace/jobs-running');
    expect(existsSync(join(folder, 'x'))).toBe(false);
    await ask('jobs/cancel', { job });
    await ended(job);
  });
});

describe('folders', () => {
  it('are picked by the dialog where there is one', async () => {
    const purposes: string[] = [];
    const pickFolder = async (purpose: string) => {
      purposes.push(purpose);
      return purpose === 'scans' ? '/picked' : null;
    };
    const { ask } = await testCore({ surface: { pickFolder } });
    expect(await ask('folders/pick', { purpose: 'scans' })).toEqual({ path: '/picked' });
    expect(await ask('folders/pick', { purpose: 'model' })).toEqual({ path: null });
    expect(purposes).toEqual(['scans', 'model']);
    await expect((await testCore()).ask('folders/pick', { purpose: 'scans' })).rejects.toThrow('access/refused');
  });

  it('are listed below the roots: folders first, naturally sorted, hidden and unreadable kinds left out', async () => {
    const { ask, folder } = await testCore();
    const place = join(folder, 'place');
    for (const name of ['scan 10', 'scan 2', '.hidden', 'study']) await mkdir(join(place, name), { recursive: true });
    await initWorkspace(join(place, 'study'), {});
    for (const name of ['b10.dcm', 'b9.dcm', 'IM0001', '1.2.840.1', 'v.nii.gz', 'x.docx', '.DS_Store', 'a.tar.gz']) {
      await writeFile(join(place, name), '');
    }
    const listing = await ask('folders/list', { path: place });
    expect(listing.entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder scan 2',
      'folder scan 10',
      'workspace study',
      'file 1.2.840.1',
      'file b9.dcm',
      'file b10.dcm',
      'file IM0001',
      'file v.nii.gz',
    ]);
    expect(listing).toMatchObject({ path: place, parent: folder, cut: false });
    const roots = await ask('folders/list', { path: null });
    expect(roots).toEqual({
      path: null,
      parent: null,
      entries: [{ name: basename(folder), path: folder, kind: 'folder' }],
      cut: false,
    });
    expect((await ask('folders/list', { path: folder })).parent).toBeNull();
  });

  it('never lead out: `..`, links, hostile names', async () => {
    const { ask, folder } = await testCore();
    const outside = await testFolder();
    await writeFile(join(outside, 'secret.png'), '');
    const place = join(folder, 'place');
    await mkdir(join(place, 'inside'), { recursive: true });
    await symlink(outside, join(place, 'out'));
    await symlink(join(outside, 'secret.png'), join(place, 'out.png'));
    await symlink(join(place, 'inside'), join(place, 'in'));
    await symlink(join(place, 'nowhere'), join(place, 'broken'));
    for (const name of ['<img src=x onerror=alert(1)>', 'a\nb', "'; DROP TABLE", 'con.png'])
      await mkdir(join(place, name));
    await mkdir(Buffer.concat([Buffer.from(`${place}/`), Buffer.from([0xff, 0xfe])]));
    const { entries } = await ask('folders/list', { path: place });
    expect(entries.map(({ name }) => name).sort()).toEqual(
      ["'; DROP TABLE", '<img src=x onerror=alert(1)>', 'a\nb', 'con.png', 'in', 'inside'].sort(),
    );
    for (const path of [join(place, 'out'), `${folder}/..`, '/etc', outside, `${place}/out/../..`]) {
      await expect(ask('folders/list', { path })).rejects.toThrow('access/outside');
    }
    await expect(ask('folders/list', { path: join(place, 'none') })).rejects.toThrow('source/missing');
    await writeFile(join(place, 'file.png'), '');
    await expect(ask('folders/list', { path: join(place, 'file.png') })).rejects.toThrow('source/unreadable');
  });

  it('of thousands of files are cut', async () => {
    const { ask, folder } = await testCore();
    const place = join(folder, 'many');
    await mkdir(place);
    await Promise.all(Array.from({ length: 2100 }, (_, i) => writeFile(join(place, `${i}.png`), '')));
    const { entries, cut } = await ask('folders/list', { path: place });
    expect(entries).toHaveLength(2000);
    expect(cut).toBe(true);
    expect(entries[11]?.name).toBe('11.png');
  });
});

describe('uploads', () => {
  it('are refused without a place for them, and belong to the caller that began them', async () => {
    const plain = await testCore();
    await expect(plain.ask('uploads/begin', {})).rejects.toThrow('access/refused');
    await expect(plain.ask('uploads/finish', { upload: 'u' })).rejects.toThrow('access/refused');
    const asked: unknown[] = [];
    const uploads = {
      begin: async (who: unknown) => {
        asked.push(who);
        return 'u1';
      },
      finish: async (upload: string, who: unknown) => {
        asked.push([upload, who]);
        return { path: '/up', files: 2 };
      },
    };
    const { ask } = await testCore({ surface: { uploads } });
    expect(await ask('uploads/begin', {})).toEqual({ upload: 'u1' });
    expect(await ask('uploads/finish', { upload: 'u1' })).toEqual({ path: '/up', files: 2 });
    expect(asked).toEqual([caller, ['u1', caller]]);
  });
});
