import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { testCore } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { writeReferenceFolder } from '../../pipeline/network/import/reference-folder.ts';

beforeAll(buildHilum);

const wish = { as: 'classifier', title: 'tiny', size: null, fold: true } as const;
const open = { crop: 'none', padding: 'none', domains: ['display' as const] } as const;

describe('networks/*', () => {
  it('[A6] reads nothing outside the folders of the page, neither network nor reference', async () => {
    const { ask, folder } = await testCore();
    const { network, images } = await writeReferenceFolder(folder, 1);
    const elsewhere = await mkdtemp(join(tmpdir(), 'hilum-outside-'));
    onTestFinished(() => rm(elsewhere, { recursive: true }));
    const outside = join(elsewhere, 'table.csv');
    await writeFile(outside, 'file,p_a,p_b\n');
    await expect(ask('networks/inspect', { path: outside, size: null })).rejects.toMatchObject({
      code: 'access/outside',
    });
    const reference = { images, predictions: outside };
    const asked = ask('networks/import', {
      ...wish,
      path: network,
      stated: { ...open, domains: ['display'] },
      reference,
    });
    await expect(asked).rejects.toMatchObject({ code: 'access/outside' });
  });

  it('says what a folder with one .h5 file is, and refuses what holds code', async () => {
    const { ask, folder } = await testCore();
    const { network } = await writeReferenceFolder(folder, 1);
    const { path, facts } = await ask('networks/inspect', { path: folder, size: null });
    expect(path).toBe(network);
    expect(facts).toMatchObject({
      kind: 'keras-h5',
      classifier: { classes: 3, ending: 'softmax' },
      backbone: { channels: 4 },
    });
    await writeFile(join(folder, 'evil.bin'), Buffer.from('\x80\x04\x95\x1f', 'latin1'));
    const asked = ask('networks/inspect', { path: join(folder, 'evil.bin'), size: null });
    await expect(asked).rejects.toMatchObject({ code: 'network/pickle' });
  });

  it('keeps the table of what was tried when nothing is close enough, and imports nothing', async () => {
    const { ask, folder } = await testCore();
    const { network, images, predictions } = await writeReferenceFolder(folder, 2);
    const stated = { ...open, domains: ['display' as const], resize: 'area' as const };
    const reference = { images, predictions };
    const { job } = await ask('networks/import', { ...wish, path: network, stated, reference });
    const stateOf = async () => (await ask('jobs/list', {})).jobs.find(({ id }) => id === job);
    await eventually(async () => (await stateOf())?.state).toBe('failed');
    expect((await stateOf())?.error?.code).toBe('contract/not-found');
    const { outcome } = await ask('networks/outcome', { job });
    expect(outcome).toMatchObject({ imported: null, search: { isFound: false } });
    expect((await ask('models/list', {})).models).toHaveLength(1);
  });
});
