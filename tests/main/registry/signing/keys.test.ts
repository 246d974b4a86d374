import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKeyFile, writeKeyFile } from '../../../../src/main/registry/signing/key-file.ts';
import { publicPem, readPublicPem } from '../../../../src/main/registry/signing/key-text.ts';
import { makeKey, ownKeyNamed, ownKeys, privateKeyOf } from '../../../../src/main/registry/signing/own-keys.ts';
import { keysPlace } from '../../../../src/main/registry/signing/place.ts';
import { distrustKey, trustedKeys, trustKey } from '../../../../src/main/registry/signing/trusted-keys.ts';
import { fingerprintOf, rawPublicKey } from '../../../../src/pipeline/disk/signature.ts';
import { temporaryFolder } from '../../../helpers/records.ts';
import { newKey, testKeys } from '../../../helpers/signing.ts';

const now = '2026-01-02T03:04:05.006Z';
const passphrase = 'correct horse';
const given = (text: string | undefined) => async () => text;

describe('keys of this user', () => {
  it('one in the keychain: no file of ours holds its private half, and it is trusted', async () => {
    const { place, access, secrets } = testKeys(temporaryFolder());
    const key = await makeKey(access, 'Ada', null, now);
    expect(await ownKeys(place)).toEqual([key]);
    expect(rawPublicKey(await privateKeyOf(access, key))).toBe(key.publicKey);
    expect([...secrets.keys()]).toEqual([`signing-key/${key.fingerprint}`]);
    for (const name of ['my-keys.json', 'my-keys.last-good.json', 'trusted-keys.json']) {
      expect(await readFile(join(place.folder, name), 'utf8')).not.toContain('PRIVATE');
    }
    expect(await trustedKeys(place)).toMatchObject([{ name: 'Ada', fingerprint: key.fingerprint, pinned: false }]);
    secrets.clear();
    await expect(privateKeyOf(access, key)).rejects.toMatchObject({ code: 'key/missing' });
  });

  it('one in a file: encrypted, for this user alone, and never over another file', async () => {
    const folder = temporaryFolder();
    const { access, secrets } = testKeys(folder, passphrase);
    const path = join(folder, 'key.pem');
    const key = await makeKey(access, 'Ada', path, now);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(secrets.size).toBe(0);
    expect(rawPublicKey(await privateKeyOf(access, key))).toBe(key.publicKey);
    await expect(makeKey(access, 'Eve', path, now)).rejects.toMatchObject({ code: 'key/file-exists' });
    await expect(makeKey(access, 'Ada', null, now)).rejects.toMatchObject({ code: 'key/exists' });
    expect(await ownKeys(access.place)).toHaveLength(1);
  });

  it('two made at the same time are both kept', async () => {
    const { place, access } = testKeys(temporaryFolder());
    await Promise.all([makeKey(access, 'Ada', null, now), makeKey(access, 'Eve', null, now)]);
    expect((await ownKeys(place)).map(({ name }) => name)).toEqual(['Ada', 'Eve']);
    expect(await trustedKeys(place)).toHaveLength(2);
  });

  it('is named by its name or by digits of its fingerprint; among several one must be named', async () => {
    const { place, access } = testKeys(temporaryFolder());
    await expect(ownKeyNamed(place, undefined)).rejects.toMatchObject({ code: 'key/none' });
    const ada = await makeKey(access, 'Ada', null, now);
    expect(await ownKeyNamed(place, undefined)).toEqual(ada);
    const eve = await makeKey(access, 'Eve', null, now);
    await expect(ownKeyNamed(place, undefined)).rejects.toMatchObject({ code: 'key/several' });
    expect(await ownKeyNamed(place, 'Eve')).toEqual(eve);
    expect(await ownKeyNamed(place, eve.fingerprint.slice(0, 8).toUpperCase())).toEqual(eve);
    await expect(ownKeyNamed(place, eve.fingerprint.slice(0, 7))).rejects.toMatchObject({ code: 'key/unknown' });
  });
});

describe('key files', () => {
  const write = async (text: string, mode = 0o600): Promise<string> => {
    const path = join(temporaryFolder(), 'key.pem');
    await writeFile(path, text, { mode });
    await chmod(path, mode);
    return path;
  };
  const encrypted = async (): Promise<string> => {
    const path = join(temporaryFolder(), 'key.pem');
    await writeKeyFile(path, newKey(), passphrase);
    return path;
  };

  it('a wrong passphrase, none, or a short one: refused', async () => {
    const path = await encrypted();
    for (const wrong of ['correct hors', 'Correct horse', `${passphrase} `]) {
      await expect(readKeyFile(path, given(wrong))).rejects.toMatchObject({ code: 'key/wrong-passphrase' });
    }
    for (const none of [undefined, '', '1234567']) {
      await expect(readKeyFile(path, given(none))).rejects.toMatchObject({ code: 'key/no-passphrase' });
    }
    const short = join(temporaryFolder(), 'key.pem');
    await expect(writeKeyFile(short, newKey(), '1234567')).rejects.toMatchObject({ code: 'key/no-passphrase' });
    await expect(stat(short)).rejects.toThrow('ENOENT');
  });

  it.skipIf(process.platform === 'win32')('one that others can read or write is not even asked for', async () => {
    const path = await encrypted();
    const asked = async (): Promise<string> => {
      throw new Error('asked for the passphrase');
    };
    for (const mode of [0o640, 0o604, 0o620, 0o644, 0o666, 0o601]) {
      await chmod(path, mode);
      await expect(readKeyFile(path, asked)).rejects.toMatchObject({ code: 'key/open-to-others' });
    }
    for (const mode of [0o600, 0o400]) {
      await chmod(path, mode);
      expect((await readKeyFile(path, given(passphrase))).asymmetricKeyType).toBe('ed25519');
    }
  });

  it('what is no encrypted Ed25519 key is refused', async () => {
    const bare = newKey().export({ format: 'pem', type: 'pkcs8' }).toString();
    const { privateKey: p256 } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = p256.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }).toString();
    const cases = [
      [bare, 'key/not-encrypted'],
      [other, 'key/no-key'],
      ['', 'key/no-key'],
      ['x'.repeat(20_000), 'key/no-key'],
      ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n', 'key/wrong-passphrase'],
      [publicPem(rawPublicKey(newKey())), 'key/no-key'],
    ] as const;
    for (const [text, code] of cases) {
      await expect(readKeyFile(await write(text), given(passphrase)), text.slice(0, 40)).rejects.toMatchObject({
        code,
      });
    }
    await expect(readKeyFile(join(temporaryFolder(), 'x'), given(passphrase))).rejects.toMatchObject({
      code: 'key/missing',
    });
  });
});

describe('keys that are trusted', () => {
  const publicKey = rawPublicKey(newKey());

  it('are kept by key, under the name that the user gives; forgotten by name or fingerprint', async () => {
    const { place } = testKeys(temporaryFolder());
    expect(await trustedKeys(place)).toEqual([]);
    await trustKey(place, 'Ada', publicKey, now);
    await trustKey(place, 'Ada of Turin', publicKey, now);
    await trustKey(place, 'Eve', rawPublicKey(newKey()), now);
    expect((await trustedKeys(place)).map(({ name }) => name)).toEqual(['Ada of Turin', 'Eve']);
    await expect(distrustKey(place, 'Ada')).rejects.toMatchObject({ code: 'key/unknown' });
    await distrustKey(place, fingerprintOf(publicKey).slice(0, 12));
    expect((await trustedKeys(place)).map(({ name }) => name)).toEqual(['Eve']);
  });

  it('[F10] a cut file counts as its last good copy; both broken: nobody is trusted', async () => {
    const { place } = testKeys(temporaryFolder());
    await trustKey(place, 'Ada', publicKey, now);
    await writeFile(join(place.folder, 'trusted-keys.json'), '{"version":1,"ke');
    expect(await trustedKeys(place)).toMatchObject([{ name: 'Ada' }]);
    await writeFile(join(place.folder, 'trusted-keys.last-good.json'), '{"version":1,"keys":[{"name":"Eve"}]}');
    expect(await trustedKeys(place)).toEqual([]);
  });

  it('those of HILUM_TRUSTED_KEYS count by the name of their file; what is no public key there does not', async () => {
    const folder = temporaryFolder();
    const pinned = join(folder, 'pinned');
    await mkdir(pinned);
    const key = newKey();
    const { privateKey: p256 } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(join(pinned, 'Hospital.pem'), publicPem(rawPublicKey(key)));
    await writeFile(join(pinned, 'private.pem'), key.export({ format: 'pem', type: 'pkcs8' }));
    await writeFile(join(pinned, 'other.pem'), p256.export({ format: 'pem', type: 'pkcs8' }));
    await writeFile(join(pinned, 'Notes.txt'), publicPem(publicKey));
    await mkdir(join(pinned, 'folder.pem'));
    const place = keysPlace({ XDG_DATA_HOME: folder, HILUM_TRUSTED_KEYS: pinned });
    expect(await trustedKeys(place)).toMatchObject([{ name: 'Hospital', pinned: true, trustedAt: null }]);
    await expect(distrustKey(place, 'Hospital')).rejects.toMatchObject({ code: 'key/pinned' });
    const nowhere = keysPlace({ XDG_DATA_HOME: folder, HILUM_TRUSTED_KEYS: join(folder, 'nowhere') });
    expect(await trustedKeys(nowhere)).toEqual([]);
  });

  it('a private key, another kind of key and noise are no public keys', () => {
    const key = newKey();
    const { publicKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const good = publicPem(rawPublicKey(key));
    expect(readPublicPem(good, 'key')).toBe(rawPublicKey(key));
    for (const pem of [
      key.export({ format: 'pem', type: 'pkcs8' }).toString(),
      `${good}${key.export({ format: 'pem', type: 'pkcs8' })}`,
      rsa.export({ format: 'pem', type: 'spki' }).toString(),
      '',
      good.slice(0, 60),
    ]) {
      expect(() => readPublicPem(pem, 'key')).toThrow('key/no-key');
    }
  });
});
