import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageRef } from '../../../src/main/ipc/contract.ts';
import { testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addTinyModel, drawScans } from '../../helpers/scans.ts';

beforeAll(() => buildHilum());

async function classified() {
  const core = await testCore();
  const folder = await drawScans(core.folder, 2);
  const model = await addTinyModel(core);
  const { job } = await core.ask('batches/start', { folder, model });
  const batch = (await core.ended(job)).subject ?? '';
  const ref = async (file: string): Promise<ImageRef> => {
    const page = { filter: { text: file }, sort: { by: 'file', descending: false }, offset: 0, limit: 1 } as const;
    const { rows } = await core.ask('batches/rows', { batch, ...page });
    return { of: 'batch', batch, item: rows[0]?.item ?? 0, frame: 0 };
  };
  return { core, model, ref };
}

describe('explaining on the page', () => {
  it('shows a map or the reason why not, as the trust test says; the test is made once and recorded', async () => {
    const { core, model, ref } = await classified();
    expect(await core.ask('explain/trust', { model })).toEqual({ trust: null, from: null, problem: null });
    const image = await ref('image 0001.png');
    const heat = await core.ask('explain/map', { image, model: null, class: null });
    const { trust, from, problem } = await core.ask('explain/trust', { model });
    expect(from).toBe('recorded');
    expect(core.pushes.filter((push) => push.topic === 'changed' && push.what === 'findings')).toHaveLength(1);
    if (trust?.passed) {
      expect(problem).toBeNull();
      expect(heat).toMatchObject({ state: 'explained', model: 'Tiny model' });
    } else {
      expect(heat).toEqual({ state: 'none', reason: problem });
      expect(problem).toContain('failed their trust test');
    }
    const again = await core.ask('explain/map', { image, model, class: null });
    expect(again).toEqual(heat);
    expect(core.pushes.filter((push) => push.topic === 'changed' && push.what === 'findings')).toHaveLength(1);
  });

  it('makes no map of a refused file, and has no neighbours for a model from elsewhere', async () => {
    const { core, ref } = await classified();
    const broken = await core.ask('explain/map', { image: await ref('broken.png'), model: null, class: null });
    expect(broken).toMatchObject({ state: 'none' });
    const near = await core.ask('explain/neighbours', { image: await ref('image 0001.png'), model: null });
    expect(near).toEqual({ state: 'none', reason: expect.stringContaining('only in the workspace that trained') });
    await expect(core.ask('explain/trust', { model: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'model/unknown' });
  });

  it('explains by no model that the policy of the workspace does not let in, one that answered before neither', async () => {
    const { core, ref } = await classified();
    const image = await ref('image 0001.png');
    const { root } = (await core.ask('app/state', {})).workspace;
    await appendFile(join(root, 'config.yaml'), '\nregistry: {require_signature: true}\n');
    const required = { code: 'signature/required' };
    await expect(core.ask('explain/map', { image, model: null, class: null })).rejects.toMatchObject(required);
    await expect(core.ask('explain/neighbours', { image, model: null })).rejects.toMatchObject(required);
  });
});
