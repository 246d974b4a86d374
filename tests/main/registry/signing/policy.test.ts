import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addModel, modelStore } from '../../../../src/main/models/store.ts';
import { keysPlace } from '../../../../src/main/registry/signing/place.ts';
import { requireUsable } from '../../../../src/main/registry/signing/policy.ts';
import { folderToSign, signModel } from '../../../../src/main/registry/signing/sign.ts';
import { trustKey } from '../../../../src/main/registry/signing/trusted-keys.ts';
import { rawPublicKey } from '../../../../src/pipeline/disk/signature.ts';
import { temporaryFolder } from '../../../helpers/records.ts';
import { newKey, signed, signedAt } from '../../../helpers/signing.ts';
import { sealTinyModel } from '../../../helpers/tiny-model.ts';

const rows = [
  // how the model is signed, refused with the policy off, and on
  ['not', null, 'signature/required'],
  ['unknown', null, 'signature/not-trusted'],
  ['trusted', null, null],
  ['for another model', 'signature/other-seal', 'signature/other-seal'],
  ['badly', 'signature/malformed', 'signature/malformed'],
] as const;

async function place(policy: boolean | undefined) {
  const root = temporaryFolder();
  const workspace = join(root, 'study');
  await mkdir(join(workspace, '.hilum'), { recursive: true });
  await writeFile(
    join(workspace, 'config.yaml'),
    policy === undefined ? '' : `registry: {require_signature: ${policy}}\n`,
  );
  await writeFile(join(workspace, 'params.yaml'), '');
  const env = { XDG_DATA_HOME: join(root, 'data') };
  const model = join(root, 'model');
  await sealTinyModel(model);
  return { root, workspace, env, model, state: join(workspace, '.hilum') };
}

async function sign(model: string, how: (typeof rows)[number][0], env: { XDG_DATA_HOME: string }): Promise<void> {
  const file = join(model, 'signature.json');
  const key = newKey();
  if (how === 'unknown' || how === 'trusted') await signModel(model, key, 'Ada', signedAt);
  if (how === 'trusted') await trustKey(keysPlace(env), 'Ada', rawPublicKey(key), signedAt);
  if (how === 'for another model') await writeFile(file, signed('b'.repeat(64)));
  if (how === 'badly') await writeFile(file, '{}');
}

const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : error),
  );

describe('registry.require_signature', () => {
  it.each(rows)('a model that is signed %s: off %s, on %s', async (how, off, on) => {
    for (const [policy, expected] of [
      [undefined, off],
      [false, off],
      [true, on],
    ] as const) {
      const { workspace, env, model } = await place(policy);
      await sign(model, how, env);
      expect(await outcome(requireUsable(workspace, model, env))).toBe(expected);
      expect(await outcome(requireUsable(undefined, model, env))).toBe(null);
    }
  });

  it('what train wrote is good with the signature of the stored copy: the output of the pipeline stays as it was', async () => {
    const { workspace, env, model, state } = await place(true);
    const trained = join(workspace, 'artifacts', 'model');
    await cp(model, trained, { recursive: true });
    const seal = await addModel(state, trained, { origin: 'trained', run: 'r1' });
    expect(await outcome(requireUsable(workspace, trained, env))).toBe('signature/required');
    const folder = await folderToSign(workspace, trained, signedAt);
    expect(folder).toBe(join(modelStore(state), seal));
    await sign(folder, 'trusted', env);
    expect(await outcome(requireUsable(workspace, trained, env))).toBe(null);
    // Of another model in the same place the stored signature says nothing.
    await sealTinyModel(trained, { seed: 9 });
    expect(await outcome(requireUsable(workspace, trained, env))).toBe('signature/required');
  });

  it('is read anew: a key that is forgotten, or a policy that is switched on, counts at once', async () => {
    const { workspace, env, model } = await place(undefined);
    expect(await outcome(requireUsable(workspace, model, env))).toBe(null);
    await appendFile(join(workspace, 'config.yaml'), 'registry: {require_signature: true}\n');
    expect(await outcome(requireUsable(workspace, model, env))).toBe('signature/required');
  });

  it('a configuration that cannot be read lets nothing in', async () => {
    const { workspace, env, model } = await place(undefined);
    await writeFile(join(workspace, 'config.yaml'), 'registry: {require_signature: maybe}\n');
    expect(await outcome(requireUsable(workspace, model, env))).toMatch(/^config\//);
  });
});
