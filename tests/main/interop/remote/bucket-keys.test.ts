import { describe, expect, it } from 'vitest';
import { keepKeys, keptKeys, keysName } from '../../../../src/main/interop/remote/bucket-keys.ts';
import { openKeychain } from '../../../../src/main/keychain/index.ts';

const remote = { url: 's3://bucket/a', endpointurl: 'http://127.0.0.1:9' };
const keys = { accessKeyId: 'id', secretAccessKey: 'secret' };

function memory() {
  const kept = new Map<string, string>();
  return openKeychain({
    port: async () => ({
      get: async (name) => kept.get(name) ?? null,
      set: async (name, secret) => void kept.set(name, secret),
      delete: async (name) => void kept.delete(name),
    }),
  });
}

describe('keys of a bucket in the keychain', () => {
  it('belong to one address of one server', async () => {
    const keychain = await memory();
    await keepKeys(keychain, remote, keys);
    expect(await keptKeys(keychain, remote)).toEqual(keys);
    expect(await keptKeys(keychain, { ...remote, endpointurl: 'http://elsewhere' })).toBeUndefined();
    expect(await keptKeys(keychain, { ...remote, url: 's3://bucket/b' })).toBeUndefined();
    expect(await keptKeys(keychain, { url: remote.url })).toBeUndefined();
  });

  it('are none where the entry is not ours', async () => {
    const keychain = await memory();
    for (const text of ['', '{', '[]', '{"accessKeyId":"id"}', '{"accessKeyId":"","secretAccessKey":"s"}']) {
      await keychain.set(keysName(remote), text);
      expect(await keptKeys(keychain, remote)).toBeUndefined();
    }
  });
});
