import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/main/session/settings.ts';
import { openSettings } from '../../../src/main/session/settings-store.ts';
import { testFolder } from '../../helpers/core.ts';

const defaults = settingsSchema.parse({});

describe('settings', () => {
  it('begin with defaults, write nothing unasked, and come back', async () => {
    const folder = join(await testFolder(), 'not-there-yet');
    const settings = await openSettings(folder);
    expect(settings.value).toEqual(defaults);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    await settings.change({ noticeAccepted: true });
    expect(settings.value.noticeAccepted).toBe(true);
    expect((await openSettings(folder)).value).toEqual({ ...defaults, noticeAccepted: true });
  });

  it('a file cut in the middle is replaced by the last good copy, both broken by the defaults', async () => {
    const folder = await testFolder();
    const path = join(folder, 'settings.json');
    await (await openSettings(folder)).change({ defaultModel: 'abc', recentWorkspaces: ['/a'] });
    const text = await readFile(path, 'utf8');
    for (const length of [0, 1, Math.floor(text.length / 2), text.length - 3]) {
      await writeFile(path, text.slice(0, length));
      expect((await openSettings(folder)).value).toMatchObject({ defaultModel: 'abc', recentWorkspaces: ['/a'] });
    }
    await writeFile(join(folder, 'settings.last-good.json'), '');
    const settings = await openSettings(folder);
    expect(settings.value).toEqual(defaults);
    await settings.change({ noticeAccepted: true });
    expect((await openSettings(folder)).value.noticeAccepted).toBe(true);
  });

  it('opens whatever is in the file', async () => {
    const folder = await testFolder();
    await mkdir(folder, { recursive: true });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), async (text) => {
        await writeFile(join(folder, 'settings.json'), text);
        expect(settingsSchema.safeParse((await openSettings(folder)).value).success).toBe(true);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('takes changes at the same time one after the other, and what another process wrote meanwhile stays', async () => {
    const folder = await testFolder();
    const [one, other] = [await openSettings(folder), await openSettings(folder)];
    await other.change({ defaultModel: 'of the other' });
    await Promise.all([one.change({ noticeAccepted: true }), one.change({ recentWorkspaces: ['/b'] })]);
    const all = { noticeAccepted: true, recentWorkspaces: ['/b'], defaultModel: 'of the other' };
    expect(one.value).toEqual(all);
    expect((await openSettings(folder)).value).toEqual(all);
  });

  it('a disk that refuses is said, and the value stays what is on the disk', async () => {
    const folder = await testFolder();
    await writeFile(join(folder, 'file'), '');
    const settings = await openSettings(join(folder, 'file'));
    await expect(settings.change({ noticeAccepted: true })).rejects.toThrow('disk/failed');
    expect(settings.value).toEqual(defaults);
  });
});
