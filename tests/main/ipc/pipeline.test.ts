import { realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Params } from '../../../src/pipeline/domain/params.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { jsonOf, makeStudy, newFolder } from '../../system/phantom-study.ts';

let folder: string;
let study: string;

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('pipeline'));
  study = await makeStudy(folder, { slices: 3 });
  await jsonOf(study, 'ingest');
  await jsonOf(study, 'split');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function states(core: TestCore, params?: Params) {
  const { stages } = await core.ask('pipeline/status', params === undefined ? {} : { params });
  return Object.fromEntries(stages.map(({ name, change }) => [name, change]));
}

const open = (): Promise<TestCore> => testCore({ folder, workspace: study });

describe('pipeline/status', () => {
  it('tells which stages are up to date and which never ran', async () => {
    expect(await states(await open())).toMatchObject({ ingest: null, split: null, prepare: { kind: 'never-run' } });
  });

  it('parameters that are not saved yet count in the place of those in the file', async () => {
    const core = await open();
    const { params } = await core.ask('params/get', {});
    expect(await states(core, params)).toMatchObject({ ingest: null, split: null });
    expect(await states(core, { ...params, split: { ...params.split, test: 0.3 } })).toMatchObject({
      ingest: null,
      split: { kind: 'parameter', what: 'split.test', old: '0.2', new: '0.3' },
    });
    expect(await states(core)).toMatchObject({ split: null });
  });

  it('a dvc.yaml that cannot be read is an error with its file', async () => {
    const core = await open();
    await writeFile(join(study, 'dvc.yaml'), 'stages: [');
    await expect(core.ask('pipeline/status', {})).rejects.toMatchObject({ code: 'config/syntax' });
  });
});
