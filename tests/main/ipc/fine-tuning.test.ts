import { realpath, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Params, paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { jsonOf, makeStudy, newFolder } from '../../system/phantom-study.ts';

let folder: string;
let workspace: string;

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('fine-tuning'));
  workspace = await makeStudy(folder, { slices: 2 });
  await jsonOf(workspace, 'ingest');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Closed by the end of the test: the workspace has one core at a time. */
const opened = (): Promise<TestCore> => testCore({ folder, workspace });

const paramsOf = (changes: object = {}): Params =>
  paramsSchema.parse({ image: { size: 48 }, training: { preset: 'top-blocks' }, ...changes });
const still = { shift: 0, rotation: 0, scale: 0, window: 0, noise: 0 };

describe('what the network will see', () => {
  const previews = async () => {
    const core = await opened();
    return (params: Params, nth = 0, epochs = 3) => core.ask('training/preview', { params, nth, epochs });
  };

  it('is an image of the dataset as it is and then changed in each epoch, in the input size of the form', async () => {
    const preview = await previews();
    const { image, class: name, size, pictures } = await preview(paramsOf());
    expect(size).toBe(48);
    expect(['Cyst', 'Normal', 'Stone', 'Tumor']).toContain(name);
    expect(image).not.toBe('');
    expect(pictures).toHaveLength(4);
    for (const picture of pictures) expect(Buffer.from(picture, 'base64')).toHaveLength(48 * 48);
    expect(new Set(pictures).size).toBe(4);
  });

  it('follows the seed and the limits, and shows other images', async () => {
    const preview = await previews();
    const first = await preview(paramsOf());
    expect(await preview(paramsOf())).toEqual(first);
    const other = await preview(paramsOf({ seed: 8 }));
    expect(other.pictures[0]).toBe(first.pictures[0]);
    expect(other.pictures[1]).not.toBe(first.pictures[1]);
    const quiet = await preview(paramsOf({ augmentation: still }));
    expect(new Set(quiet.pictures).size).toBe(1);
    const names = await Promise.all([1, 2, 3, 4, 5].map(async (nth) => (await preview(paramsOf(), nth, 1)).image));
    expect(new Set([...names, first.image]).size).toBe(6);
  });
});

describe('the estimate of fine-tuning', () => {
  it('knows what would train, before anything was prepared or measured', async () => {
    const core = await opened();
    const head = await core.ask('training/estimate', { params: paramsOf({ training: { preset: 'head' } }) });
    const top = await core.ask('training/estimate', { params: paramsOf() });
    const all = await core.ask('training/estimate', { params: paramsOf({ training: { preset: 'all' } }) });
    expect(head.trainableParameters).toBeLessThan(top.trainableParameters);
    expect(top.trainableParameters).toBeLessThan(all.trainableParameters);
    expect(all.basis).toContain('until the probe at the start of the run');
    expect(all.tooLarge).toBeNull();
  });

  it('refuses what cannot fit before it is queued', async () => {
    const params = paramsOf({ image: { size: 1024 }, training: { preset: 'all' }, fine_tuning: { batch_size: 512 } });
    const core = await opened();
    const { tooLarge } = await core.ask('training/estimate', { params });
    expect(tooLarge).not.toBeNull();
    await expect(core.ask('training/start', { params, name: 'too large', allowLeak: false })).rejects.toMatchObject({
      code: 'training/too-large',
    });
    expect((await core.ask('jobs/list', {})).jobs).toEqual([]);
  });
});
