import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelStore } from '../../../src/main/models/store.ts';
import { publicPem } from '../../../src/main/registry/signing/key-text.ts';
import { makeKey } from '../../../src/main/registry/signing/own-keys.ts';
import { keysPlace } from '../../../src/main/registry/signing/place.ts';
import { signModel } from '../../../src/main/registry/signing/sign.ts';
import { fingerprintOf, rawPublicKey } from '../../../src/pipeline/disk/signature.ts';
import { testCore, testFolder } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { newKey, signedAt, testKeys } from '../../helpers/signing.ts';
import { flipByte, sealTinyModel } from '../../helpers/tiny-model.ts';

beforeAll(buildHilum);

const passphrase = 'correct horse';

/** A core whose user has a key in a file and no keychain, and a model that somebody else has signed. */
async function coreWithKeys() {
  const folder = await testFolder();
  const env = { XDG_DATA_HOME: join(folder, 'user-data'), HILUM_KEY_PASSPHRASE: passphrase };
  const access = { ...testKeys(folder, passphrase).access, place: keysPlace(env) };
  const own = await makeKey(access, 'Ada', join(folder, 'ada.pem'), signedAt);
  const parts = await testCore({ folder, env });
  const { root } = (await parts.ask('app/state', {})).workspace;
  const model = join(folder, 'model');
  const { hash } = await sealTinyModel(model);
  const key = newKey();
  await signModel(model, key, 'Eve', signedAt);
  const other = rawPublicKey(key);
  return { ...parts, root, own, model, hash, pem: publicPem(other), fingerprint: fingerprintOf(other) };
}

type Parts = Awaited<ReturnType<typeof coreWithKeys>>;

const signatureOf = async ({ ask, hash }: Parts): Promise<unknown> =>
  (await ask('models/list', {})).models.find(({ id }) => id === hash)?.signature;

describe('keys and signatures of the page', () => {
  it('a model from elsewhere shows who signed it; trusting needs the fingerprint that was shown', async () => {
    const parts = await coreWithKeys();
    const { ask, model, hash, fingerprint, own, pushes } = parts;
    await ask('models/import', { folder: model });
    expect(await signatureOf(parts)).toEqual({ state: 'unknown', signer: 'Eve', fingerprint, signedAt });
    const trusting = { model: hash, name: 'Eve of Rome' };
    await expect(ask('keys/trust-signer', { ...trusting, fingerprint: own.fingerprint })).rejects.toThrow(
      'key/other-key',
    );
    pushes.length = 0;
    await ask('keys/trust-signer', { ...trusting, fingerprint });
    await eventually(() => pushes).toContainEqual({ topic: 'changed', what: 'models' });
    expect(await signatureOf(parts)).toMatchObject({ state: 'trusted', signer: 'Eve of Rome' });
    expect((await ask('models/get', { model: hash })).model.signature).toMatchObject({ state: 'trusted' });
    expect((await ask('keys/list', {})).trusted.map(({ name }) => name)).toEqual(['Ada', 'Eve of Rome']);
    await ask('keys/distrust', { fingerprint });
    expect(await signatureOf(parts)).toMatchObject({ state: 'unknown', signer: 'Eve' });
  });

  it('a pasted public key is read first, and is trusted only when it is still the one', async () => {
    const { ask, pem, fingerprint, own } = await coreWithKeys();
    expect(await ask('keys/read', { pem })).toEqual({ fingerprint });
    await expect(ask('keys/read', { pem: 'Eve' })).rejects.toThrow('key/no-key');
    await expect(ask('keys/trust', { pem, fingerprint: own.fingerprint, name: 'Eve' })).rejects.toThrow(
      'key/other-key',
    );
    await expect(ask('keys/trust', { pem, fingerprint, name: '\u202eevE' })).rejects.toThrow('call/');
    await ask('keys/trust', { pem, fingerprint, name: 'Eve' });
    expect((await ask('keys/list', {})).trusted).toContainEqual({
      name: 'Eve',
      fingerprint,
      trustedAt: expect.any(String),
    });
  });

  it('signs with a key of the user, exports its public half, and lets no private part through', async () => {
    const parts = await coreWithKeys();
    const { ask, model, hash, own, delivered, root } = parts;
    await ask('models/import', { folder: model });
    await ask('models/sign', { model: hash, key: own.fingerprint });
    expect(await signatureOf(parts)).toMatchObject({ state: 'trusted', signer: 'Ada', fingerprint: own.fingerprint });
    expect(await ask('models/verify', { model: hash })).toMatchObject({ ok: true });
    await ask('keys/export', { fingerprint: own.fingerprint });
    const [text] = [...delivered.values()];
    expect(text).toBe(publicPem(own.publicKey));
    const list = await ask('keys/list', {});
    expect(list.own).toEqual([{ name: 'Ada', fingerprint: own.fingerprint, madeAt: signedAt, kept: 'file' }]);
    expect(JSON.stringify(list)).not.toMatch(/PRIVATE|ada\.pem|correct horse/);
    const [bundled] = (await ask('models/list', {})).models;
    await expect(ask('models/sign', { model: bundled?.id ?? '', key: own.fingerprint })).rejects.toThrow(
      'signature/bundled',
    );
    await flipByte(join(modelStore(join(root, '.hilum')), hash, 'card.md'));
    await expect(ask('models/sign', { model: hash, key: own.fingerprint })).rejects.toThrow('model/seal-broken');
  });

  it('a tampered signature: listed as bad with its problem, no batch', async () => {
    const parts = await coreWithKeys();
    const { ask, model, hash, root, folder } = parts;
    await ask('models/import', { folder: model });
    await flipByte(join(modelStore(join(root, '.hilum')), hash, 'signature.json'));
    const listed = (await ask('models/list', {})).models.find(({ id }) => id === hash);
    expect(listed).toMatchObject({ signature: { state: 'bad' }, problem: expect.stringContaining('signature.json') });
    await expect(ask('batches/start', { folder, model: hash })).rejects.toThrow('signature/malformed');
  });

  it('[policy] with require_signature nothing else is imported, classified with or explained by', async () => {
    const parts = await coreWithKeys();
    const { ask, model, hash, fingerprint, own, root, folder, ended } = parts;
    await ask('models/import', { folder: model });
    const unsigned = join(folder, 'unsigned');
    await sealTinyModel(unsigned, { seed: 9 });
    await appendFile(join(root, 'config.yaml'), '\nregistry: {require_signature: true}\n');
    expect((await ask('keys/list', {})).required).toBe(true);
    await expect(ask('models/import', { folder: unsigned })).rejects.toThrow('signature/required');
    await expect(ask('models/import', { folder: model })).rejects.toThrow('signature/not-trusted');
    await expect(ask('batches/start', { folder, model: hash })).rejects.toThrow('signature/not-trusted');
    const demo = await ended((await ask('demo/classify', {})).job);
    expect(demo).toMatchObject({ state: 'failed', error: { code: 'signature/required' } });
    await ask('keys/trust-signer', { model: hash, fingerprint, name: 'Eve' });
    expect(await ask('models/import', { folder: model })).toEqual({ model: hash });
    await ask('keys/distrust', { fingerprint });
    await ask('models/sign', { model: hash, key: own.fingerprint });
    const { job } = await ask('batches/start', { folder, model: hash });
    expect((await ended(job)).error?.code ?? 'none').not.toMatch(/^signature/);
  });
});
