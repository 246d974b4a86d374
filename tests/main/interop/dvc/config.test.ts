import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDvcConfig, remoteSection, writeDvcConfig } from '../../../../src/main/interop/dvc/config.ts';
import { iniText, parseIni } from '../../../../src/main/interop/dvc/ini.ts';
import { temporaryFolder } from '../../../helpers/records.ts';

/** As DVC 3.67.1 wrote it. */
const written = `[core]
    no_scm = True
    remote = my store
    autostage = False
[cache]
    dir = '/tmp/x, "y" #z'
['remote "my store"']
    url = s3://b/p'q
    endpointurl = http://localhost:1
    region = eu
['remote "loc"']
    url = ../../remote dir
`;

function projectWith(config: string, local = ''): string {
  const root = temporaryFolder();
  mkdirSync(join(root, '.dvc'));
  writeFileSync(join(root, '.dvc', 'config'), config);
  if (local !== '') writeFileSync(join(root, '.dvc', 'config.local'), local);
  return root;
}

describe("DVC's configuration", () => {
  it('is read as DVC wrote it, and written as DVC writes it', async () => {
    const root = projectWith(written, `['remote "my store"']\n    secret_access_key = abc\n    region = us\n`);
    const config = await readDvcConfig(root);
    expect(config).toMatchObject({
      dvcRoot: root,
      core: { noScm: true, remote: 'my store' },
      cacheDir: '/tmp/x, "y" #z',
    });
    expect(Object.fromEntries(config.remotes)).toEqual({
      'my store': {
        url: "s3://b/p'q",
        endpointurl: 'http://localhost:1',
        region: 'us',
        secret_access_key: 'abc',
      },
      loc: { url: join(root, '..', 'remote dir') },
    });
    expect(iniText(parseIni(written, 'config'))).toBe(written);
  });

  it('a change keeps the rest, goes to the level asked for, and drops empty sections', async () => {
    const root = projectWith(written);
    await writeDvcConfig(root, 'repo', ({ cache: _cache, ...rest }) => ({ ...rest, empty: {} }));
    expect(readFileSync(join(root, '.dvc/config'), 'utf8')).toBe(written.replace(/\[cache\]\n.*\n/, ''));
    await writeDvcConfig(root, 'local', (before) => ({ ...before, [remoteSection('loc')]: { url: '~/x' } }));
    expect((await readDvcConfig(root)).remotes.get('loc')).toEqual({ url: join(homedir(), 'x') });
  });

  it('without a file everything is as DVC has it by default', async () => {
    const root = temporaryFolder();
    expect(await readDvcConfig(root)).toEqual({
      dvcRoot: root,
      core: { noScm: false, remote: undefined },
      cacheDir: join(root, '.dvc', 'cache'),
      remotes: new Map(),
    });
  });

  it.each([
    ['no section', 'a = b\n', 1],
    ['no value', '[core]\n\n  remote\n', 3],
  ])('a line that is none is named: %s', async (_what, text, line) => {
    await expect(readDvcConfig(projectWith(text))).rejects.toMatchObject({
      code: 'dvc/bad-config',
      facts: { file: '.dvc/config', line },
    });
  });

  it('any value comes back, or is refused', () => {
    return fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (value) => {
        let text: string;
        try {
          text = iniText({ core: { key: value } });
        } catch {
          return;
        }
        expect(parseIni(text, 'config')).toEqual({ core: { key: value } });
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
