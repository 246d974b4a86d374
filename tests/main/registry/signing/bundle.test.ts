import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeInBundle } from '../../../../src/main/interop/bundle/take-in.ts';
import { writeBundle } from '../../../../src/main/interop/bundle/write.ts';
import { signModel } from '../../../../src/main/registry/signing/sign.ts';
import { signatureOf } from '../../../../src/main/registry/signing/signature.ts';
import { readKeptSeal } from '../../../../src/main/studies/kept-files.ts';
import { temporaryFolder } from '../../../helpers/records.ts';
import { newKey, signed, signedAt, testKeys } from '../../../helpers/signing.ts';
import { evaluatedRun, newWorld, now, storeOf, type World } from '../../interop/bundle/world.ts';

async function worldWithModel() {
  const world = newWorld('a');
  const run = await evaluatedRun(world, {}, { seed: 3 });
  const seal = (await readKeptSeal(world.state, run)) ?? '';
  return { world, run, seal, folder: join(storeOf(world), seal) };
}

async function bundleOf(world: World, run: string): Promise<string> {
  const path = join(temporaryFolder(), 'x.zip');
  await writeBundle(world, path, { runs: [run], withModels: true, withPredictions: true, names: 'replaced' }, now);
  return path;
}

describe('a signed model in a run bundle', () => {
  it('is still signed where the bundle is taken in', async () => {
    const { world, run, seal, folder } = await worldWithModel();
    await signModel(folder, newKey(), 'Ada', signedAt);
    const to = newWorld('b');
    await takeInBundle(to.study, await bundleOf(world, run), now);
    const there = join(storeOf(to), seal);
    expect(await readFile(join(there, 'signature.json'))).toEqual(await readFile(join(folder, 'signature.json')));
    const { place } = testKeys(temporaryFolder());
    expect(await signatureOf(there, place)).toMatchObject({ state: 'unknown', signer: 'Ada' });
  });

  it('with a signature of another model nothing of the bundle is taken in', async () => {
    const { world, run, folder } = await worldWithModel();
    await writeFile(join(folder, 'signature.json'), signed('b'.repeat(64)));
    const to = newWorld('b');
    const taking = bundleOf(world, run).then((path) => takeInBundle(to.study, path, now));
    await expect(taking).rejects.toMatchObject({ code: 'signature/other-seal' });
    expect(to.records.runs.find(run)).toBeUndefined();
  });
});
