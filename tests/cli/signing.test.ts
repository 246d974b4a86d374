import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { type CliRun, cliPath, hilum as start } from '../helpers/cli.ts';
import { greyPng } from '../helpers/grey-png.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

const passphrase = 'correct horse';
let root: string;

/** No keychain in tests: keys lie in files. */
const hilum = (cwd: string, words: readonly string[], user = 'ada'): Promise<CliRun> =>
  start(words, { cwd, env: environment(user) });
const environment = (user: string) => ({
  XDG_DATA_HOME: join(root, `data-${user}`),
  HILUM_KEY_PASSPHRASE: passphrase,
});

beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-signing-'));
  await sealTinyModel(join(root, 'model'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('signing on the command line', () => {
  it('make, list, export; sign, show, verify; another user trusts the key and forgets it', async () => {
    const made = await hilum(root, ['keys', 'make', '--name', 'Ada', '--file', 'ada.pem', '--json']);
    expect(made.code).toBe(0);
    const { fingerprint } = JSON.parse(made.stdout);
    expect((await hilum(root, ['keys', 'list'])).stdout).toMatch(/mine +Ada +.*ada\.pem +([0-9a-f]{4} ?){16}/);
    const pem = (await hilum(root, ['keys', 'export'])).stdout;
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    await writeFile(join(root, 'ada-public.pem'), pem);

    expect(JSON.parse((await hilum(root, ['models', 'verify', 'model', '--json'])).stdout)).toMatchObject({
      signature: { state: 'unsigned' },
    });
    expect((await hilum(root, ['models', 'sign', 'model'])).code).toBe(0);
    expect((await hilum(root, ['models', 'verify', 'model'])).stdout).toContain('Signed by Ada on');
    expect((await hilum(root, ['models', 'show', 'model'])).stdout).toContain('## Signature\n\nSigned by Ada on');

    const seen = async (): Promise<unknown> =>
      JSON.parse((await hilum(root, ['models', 'show', 'model', '--json'], 'eve')).stdout).signature;
    expect(await seen()).toMatchObject({ state: 'unknown', signer: 'Ada', fingerprint });
    expect((await hilum(root, ['keys', 'trust', 'ada-public.pem', '--name', 'Ada of Turin'], 'eve')).code).toBe(0);
    expect(await seen()).toMatchObject({ state: 'trusted', signer: 'Ada of Turin' });
    expect((await hilum(root, ['keys', 'distrust', fingerprint.slice(0, 8)], 'eve')).code).toBe(0);
    expect(await seen()).toMatchObject({ state: 'unknown', signer: 'Ada' });
    expect((await hilum(root, ['keys', 'trust', 'ada.pem', '--name', 'Eve'], 'eve')).stderr).toContain('key/no-key');
  });

  it('a passphrase comes from stdin too; a wrong one, an open file, no keychain: exit 2 with the reason', async () => {
    const model = join(root, 'other-model');
    await cp(join(root, 'model'), model, { recursive: true });
    const { HILUM_KEY_PASSPHRASE: _none, ...env } = environment('ada');
    const signing = (line: string): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [cliPath, 'models', 'sign', model, '--key', 'Ada'], {
          cwd: root,
          env: { ...process.env, ...env },
          stdio: ['pipe', 'ignore', 'ignore'],
        });
        child.stdin.on('error', () => undefined);
        child.stdin.end(line);
        child.on('close', resolve);
      });
    expect(await signing(`${passphrase}\nmore`)).toBe(0);
    expect(await signing('wrong horse\n')).toBe(2);
    expect(await signing('')).toBe(2);
    const kept = await hilum(root, ['keys', 'make', '--name', 'Kept']);
    expect(kept).toMatchObject({ code: 2, stderr: expect.stringContaining('(keychain/unavailable)') });
    const twice = await hilum(root, ['keys', 'make', '--name', 'Twice', '--file', 'ada.pem']);
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('(key/file-exists)') });
    expect((await hilum(root, ['keys', 'make', '--name', ' \u202eadA', '--file', 'x.pem'])).code).toBe(2);
  });

  it('[C4] a tampered signature ends with 4 everywhere, policy or not', async () => {
    const model = join(root, 'tampered');
    await cp(join(root, 'model'), model, { recursive: true });
    const file = join(model, 'signature.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"Ada"', '"Eve"'));
    const folder = join(root, 'scans');
    await greyPngs(folder);
    for (const words of [
      ['models', 'verify', model],
      ['classify', folder, '--out', join(root, 'rows.csv'), '--model', model],
      ['explain', join(folder, 'a.png'), '--out', join(root, 'maps'), '--model', model],
    ]) {
      const { code, stderr } = await hilum(root, words);
      expect([words[0], code]).toEqual([words[0], 4]);
      expect(stderr).toContain('(signature/bad)');
    }
  });

  it('a workspace that asks for signatures: classify and explain refuse, with what to do; audit says who did what', async () => {
    const study = join(root, 'study');
    await hilum(root, ['init', 'study']);
    await appendFile(join(study, 'config.yaml'), '\nregistry: {require_signature: true}\n');
    const folder = join(root, 'scans');
    await greyPngs(folder);
    const unsigned = join(root, 'unsigned');
    await sealTinyModel(unsigned);
    const classify = (user: string, ...words: readonly string[]): Promise<CliRun> =>
      hilum(study, ['classify', folder, '--out', 'rows.csv', ...words], user);
    expect(await classify('ada')).toMatchObject({ code: 4, stderr: expect.stringContaining('(signature/required)') });
    const refused = await classify('ada', '--model', unsigned);
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('`hilum models sign`') });
    const maps = await hilum(study, ['explain', join(folder, 'a.png'), '--out', 'maps', '--model', unsigned]);
    expect(maps).toMatchObject({ code: 4, stderr: expect.stringContaining('(signature/required)') });
    const stranger = await classify('eve', '--model', join(root, 'model'));
    expect(stranger).toMatchObject({ code: 4, stderr: expect.stringContaining('(signature/not-trusted)') });
    expect((await hilum(study, ['models', 'sign', unsigned])).code).toBe(0);
    expect(await classify('ada', '--model', unsigned)).toMatchObject({ code: 0 });
    expect((await hilum(study, ['keys', 'trust', join(root, 'ada-public.pem'), '--name', 'Ada'], 'eve')).code).toBe(0);
    expect(await classify('eve', '--model', unsigned)).toMatchObject({ code: 0 });
    expect((await hilum(study, ['keys', 'distrust', 'Ada'], 'eve')).code).toBe(0);
    expect((await hilum(study, ['keys', 'make', '--name', 'Second', '--file', join(root, 'second.pem')])).code).toBe(0);

    const records = openRecords(join(study, '.hilum', 'hilum.db'));
    try {
      const rows = (['model/signed', 'key/trusted', 'key/distrusted', 'key/made'] as const).map((action) =>
        records.audit.ofAction(action).map(({ details }) => JSON.parse(details)),
      );
      expect(rows).toMatchObject([[{ signer: 'Ada' }], [{ name: 'Ada' }], [{ name: 'Ada' }], [{ name: 'Second' }]]);
      expect(records.audit.verify().ok).toBe(true);
    } finally {
      records.close();
    }
  });

  it('[D1] neither passphrase nor private key is in anything that a command says or keeps', async () => {
    const said = await hilum(root, ['models', 'sign', 'model', '--key', 'Ada', '--json']);
    for (const text of [
      said.stdout,
      said.stderr,
      await readFile(join(root, 'data-ada/hilum/signing-keys/my-keys.json'), 'utf8'),
    ]) {
      expect(text).not.toContain(passphrase);
      expect(text).not.toContain('PRIVATE KEY');
    }
  });
});

async function greyPngs(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [at, name] of ['a.png', 'b.png'].entries()) {
    await writeFile(join(folder, name), await greyPng(64, 64, () => 90 + at));
  }
}
