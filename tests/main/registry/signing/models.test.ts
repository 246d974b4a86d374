import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectModel } from '../../../../src/main/models/inspect.ts';
import { demoModelFolder } from '../../../../src/main/models/places.ts';
import { checkSealedFolder } from '../../../../src/main/models/sealed-folder.ts';
import { addModel, modelStore } from '../../../../src/main/models/store.ts';
import { folderToSign, preferTrusted, signModel } from '../../../../src/main/registry/signing/sign.ts';
import { signatureOf } from '../../../../src/main/registry/signing/signature.ts';
import { trustKey } from '../../../../src/main/registry/signing/trusted-keys.ts';
import { fingerprintOf, rawPublicKey } from '../../../../src/pipeline/disk/signature.ts';
import { signatureSchema } from '../../../../src/pipeline/domain/signature.ts';
import { openSealedModel } from '../../../../src/pipeline/network/index.ts';
import { temporaryFolder } from '../../../helpers/records.ts';
import { newKey, signed, signedAt, testKeys } from '../../../helpers/signing.ts';
import { flipByte, sealTinyModel } from '../../../helpers/tiny-model.ts';

const added = { origin: 'imported', run: null, addedAt: signedAt } as const;

async function signedModel() {
  const root = temporaryFolder();
  const folder = join(root, 'model');
  const { hash } = await sealTinyModel(folder);
  const key = newKey();
  const { place } = testKeys(root);
  await signModel(folder, key, 'Ada', signedAt);
  const fingerprint = fingerprintOf(rawPublicKey(key));
  return { root, folder, hash, key, place, fingerprint, file: join(folder, 'signature.json') };
}

describe('a signed model', () => {
  it('is signed beside the seal: the seal is as it was, and without the file the model is as before', async () => {
    const { folder, hash, place, file } = await signedModel();
    expect((await openSealedModel(folder)).sealHash).toBe(hash);
    const files = await checkSealedFolder(folder);
    expect(files.map(({ name }) => name)).not.toContain('signature.json');
    await rm(file);
    expect((await openSealedModel(folder)).sealHash).toBe(hash);
    expect(await checkSealedFolder(folder)).toEqual(files);
    expect(await signatureOf(folder, place)).toEqual({ state: 'unsigned' });
  });

  it('says who signed it: a name of ours for a trusted key, what it calls itself for another', async () => {
    const { folder, key, place, fingerprint } = await signedModel();
    const facts = { fingerprint, signedAt };
    expect(await signatureOf(folder, place)).toEqual({ state: 'unknown', signer: 'Ada', ...facts });
    await trustKey(place, 'Ada of Turin', rawPublicKey(key), signedAt);
    expect(await signatureOf(folder, place)).toEqual({ state: 'trusted', signer: 'Ada of Turin', ...facts });
  });

  it('[C4] any changed byte of signature.json is refused by every way in, whoever is trusted', async () => {
    const { root, folder, key, place, file } = await signedModel();
    await trustKey(place, 'Ada', rawPublicKey(key), signedAt);
    const bytes = await readFile(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const broken = Buffer.from(bytes);
        broken[at] = (broken[at] ?? 0) ^ by;
        await writeFile(file, broken);
        const code = expect.stringMatching(/^signature\//);
        await expect(openSealedModel(folder)).rejects.toMatchObject({ code });
        await expect(checkSealedFolder(folder)).rejects.toMatchObject({ code });
        await expect(addModel(join(root, '.hilum'), folder, added)).rejects.toMatchObject({ code });
        expect(await signatureOf(folder, place)).toMatchObject({ state: 'bad' });
        expect((await inspectModel(folder)).problem).toContain('signature');
      }),
      { seed: 11, numRuns: 60 },
    );
    expect(await readdir(modelStore(join(root, '.hilum'))).catch(() => [])).toEqual([]);
  });

  it('[C4] any changed byte of a sealed file is refused as without a signature', async () => {
    const { root, folder } = await signedModel();
    for (const name of (await readdir(folder)).filter((each) => each !== 'signature.json')) {
      const broken = join(root, `broken-${name}`);
      await cp(folder, broken, { recursive: true });
      await flipByte(join(broken, name));
      await expect(openSealedModel(broken)).rejects.toMatchObject({ code: 'model/seal-broken' });
      await expect(signModel(broken, newKey(), 'Eve', signedAt)).rejects.toMatchObject({ code: 'model/seal-broken' });
    }
  });

  it('the signature of another model is refused; any other name beside the seal still is', async () => {
    const { folder, file } = await signedModel();
    await writeFile(file, signed('b'.repeat(64)));
    await expect(openSealedModel(folder)).rejects.toMatchObject({ code: 'signature/other-seal' });
    await rm(file);
    await writeFile(join(folder, 'signature.json.bak'), '');
    await expect(openSealedModel(folder)).rejects.toMatchObject({ code: 'model/surplus-file' });
    await expect(checkSealedFolder(folder)).rejects.toMatchObject({ code: 'model/surplus-file' });
  });

  it('signing anew takes the place of a signature, a bad one too', async () => {
    const { folder, place, file } = await signedModel();
    await flipByte(file);
    const key = newKey();
    await signModel(folder, key, 'Eve', signedAt);
    expect(await signatureOf(folder, place)).toMatchObject({ state: 'unknown', signer: 'Eve' });
    expect(signatureSchema.parse(JSON.parse(await readFile(file, 'utf8'))).public_key).toBe(rawPublicKey(key));
  });
});

describe('the store', () => {
  it('takes the signature along, later too, and never gives one up for another', async () => {
    const { root, folder, hash, place } = await signedModel();
    const state = join(root, '.hilum');
    const unsigned = join(root, 'unsigned');
    await sealTinyModel(unsigned);
    await addModel(state, unsigned, added);
    const stored = join(modelStore(state), hash);
    expect(await signatureOf(stored, place)).toEqual({ state: 'unsigned' });
    await addModel(state, folder, added);
    expect(await signatureOf(stored, place)).toMatchObject({ signer: 'Ada' });
    await addModel(state, unsigned, added);
    await signModel(unsigned, newKey(), 'Eve', signedAt);
    await addModel(state, unsigned, added);
    expect(await signatureOf(stored, place)).toMatchObject({ signer: 'Ada' });
    await flipByte(join(stored, 'signature.json'));
    await addModel(state, unsigned, added);
    expect(await signatureOf(stored, place)).toMatchObject({ signer: 'Eve' });
    expect((await checkSealedFolder(stored)).length).toBeGreaterThan(0);
  });

  it('an import takes a signature that counts in the place of one that does not, and only then', async () => {
    const { root, folder, hash, place } = await signedModel();
    const state = join(root, '.hilum');
    await addModel(state, folder, added);
    const stored = join(modelStore(state), hash);
    const other = join(root, 'other');
    await sealTinyModel(other);
    const key = newKey();
    await signModel(other, key, 'Eve', signedAt);
    await preferTrusted(state, other, hash, place);
    expect(await signatureOf(stored, place)).toMatchObject({ signer: 'Ada' });
    await trustKey(place, 'Eve', rawPublicKey(key), signedAt);
    await preferTrusted(state, other, hash, place);
    expect(await signatureOf(stored, place)).toMatchObject({ state: 'trusted', signer: 'Eve' });
    await preferTrusted(state, folder, hash, place);
    expect(await signatureOf(stored, place)).toMatchObject({ signer: 'Eve' });
  });

  it('the model that comes with the program is not signed: its folder is the program', async () => {
    await expect(folderToSign(undefined, demoModelFolder(), signedAt)).rejects.toMatchObject({
      code: 'signature/bundled',
    });
  });
});
