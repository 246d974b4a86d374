import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageRef } from '../../../src/main/ipc/contract.ts';
import { boundedTexts } from '../../../src/main/session/images/thumbnails.ts';
import { csvTable } from '../../../src/pipeline/disk/csv.ts';
import { manifestColumns } from '../../../src/pipeline/domain/dataset.ts';
import { artifactNames } from '../../../src/pipeline/domain/stage-inputs.ts';
import { treeState } from '../../helpers/cli.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { greyPng } from '../../helpers/grey-png.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addTinyModel, drawScans, writeSeries } from '../../helpers/scans.ts';

beforeAll(() => buildHilum());

interface Classified {
  readonly core: TestCore;
  readonly folder: string;
  ref(file: string): Promise<ImageRef>;
}

async function classifiedFolder(): Promise<Classified> {
  const core = await testCore();
  const folder = await drawScans(core.folder, 3);
  await writeSeries(join(folder, 'series'), 2);
  const { job } = await core.ask('batches/start', { folder, model: await addTinyModel(core) });
  const batch = (await core.ended(job)).subject ?? '';
  const ref = async (file: string): Promise<ImageRef> => {
    const page = { filter: { text: file }, sort: { by: 'file', descending: false }, offset: 0, limit: 1 } as const;
    const { rows } = await core.ask('batches/rows', { batch, ...page });
    return { of: 'batch', batch, item: rows[0]?.item ?? 0, frame: 0 };
  };
  return { core, folder, ref };
}

/** A manifest as ingest writes it, for a source of two files. */
async function datasetOf({ folder, ask }: TestCore, source: string, files: readonly string[]): Promise<void> {
  const { workspace } = await ask('app/state', {});
  const artifacts = join(workspace.root, 'artifacts');
  await mkdir(join(artifacts, 'dataset'), { recursive: true });
  await writeFile(join(artifacts, artifactNames.source), JSON.stringify({ source }));
  const rows = files.map((file, index) => [
    file,
    file,
    `${index}`,
    `${index}`,
    ['Cyst', 'Stone'][index % 2],
    's',
    'g',
    'display',
    'axial',
    8,
    8,
  ]);
  await writeFile(join(artifacts, artifactNames.manifest), csvTable(manifestColumns, rows));
  expect(folder).not.toBe('');
}

describe('images of a batch', () => {
  it('come with pixels, window of the file or the model, and what may be shown', async () => {
    const { core, ref } = await classifiedFolder();
    const ct = await core.ask('images/view', { image: await ref('slice 1.dcm') });
    expect(ct).toMatchObject({ width: 4, height: 3, domain: 'hounsfield', sampleType: 'int16' });
    expect(ct.window).toEqual({ center: 40, width: 400 });
    const bytes = Buffer.from(ct.pixels, 'base64');
    expect([bytes.length, bytes.readInt16LE(2)]).toEqual([24, -900]);
    expect(JSON.stringify(ct.facts)).not.toContain('SECRET');
    const picture = await core.ask('images/view', { image: await ref('image 0001.png') });
    expect(picture).toMatchObject({ width: 40, height: 36, domain: 'display', window: null, frames: 1 });
    const tensor = await core.ask('images/tensor', { image: await ref('slice 1.dcm') });
    expect(tensor.size).toBe(32);
    expect(Buffer.from(tensor.channels[0]?.pixels ?? '', 'base64')).toHaveLength(32 * 32);
    expect(tensor.steps.length).toBeGreaterThan(4);
  });

  it('[F11] come small, and as nothing where one cannot be read; nothing is written beside the scans', async () => {
    const { core, folder, ref } = await classifiedFolder();
    const before = treeState(folder);
    const images = [await ref('image 0001.png'), await ref('broken.png'), await ref('slice 2.dcm')];
    const unknown: ImageRef = { of: 'batch', batch: 'nobody', item: 1, frame: 0 };
    const { side, pictures } = await core.ask('images/thumbnails', { images: [...images, unknown] });
    expect(pictures.map((picture) => (picture === null ? null : Buffer.from(picture, 'base64').length))).toEqual([
      side * side,
      null,
      side * side,
      null,
    ]);
    expect(treeState(folder)).toEqual(before);
    await rm(folder, { recursive: true });
    const again = await core.ask('images/thumbnails', { images: [...images] });
    expect(again.pictures).toEqual(pictures.slice(0, 3));
    await expect(core.ask('images/view', { image: images[0] ?? unknown })).rejects.toMatchObject({
      code: 'image/missing',
    });
  });

  it('[F3] are shown again after the process that decodes them was killed', async () => {
    const { core, ref } = await classifiedFolder();
    const image = await ref('image 0002.png');
    await core.ask('images/view', { image });
    process.kill(core.workers.at(-1)?.pid ?? 0, 'SIGKILL');
    const after = await core.core.call('images/view', { image }, { id: 'page' });
    expect(after.ok || after.error.code === 'worker/died').toBe(true);
    expect(await core.ask('images/view', { image })).toMatchObject({ width: 40 });
  });

  it('tells why a file cannot be shown', async () => {
    const { core, ref } = await classifiedFolder();
    await expect(core.ask('images/view', { image: await ref('broken.png') })).rejects.toMatchObject({
      code: 'image/unknown-format',
    });
    const image = await ref('slice 1.dcm');
    await expect(core.ask('images/view', { image: { ...image, frame: 7 } as ImageRef })).rejects.toMatchObject({
      code: 'review/no-image',
    });
    expect(core.bugs).toEqual([]);
  });
});

describe('images of the dataset', () => {
  it('come from below the source and from nowhere else', async () => {
    const core = await testCore();
    const source = join(core.folder, 'source');
    await mkdir(source);
    await writeFile(join(core.folder, 'outside.png'), await greyPng(8, 8, () => 9));
    await writeFile(join(source, 'in.png'), await greyPng(8, 8, (x) => x));
    await symlink(join(core.folder, 'outside.png'), join(source, 'link.png'));
    const files = ['in.png', '../outside.png', 'link.png', 'gone.png'];
    await datasetOf(core, source, files);
    expect(await core.ask('images/view', { image: { of: 'dataset', image: 'in.png' } })).toMatchObject({ width: 8 });
    for (const image of [...files.slice(1), 'not in it.png']) {
      await expect(core.ask('images/view', { image: { of: 'dataset', image } })).rejects.toMatchObject({
        code: 'image/missing',
      });
    }
    const tensor = await core.ask('images/tensor', { image: { of: 'dataset', image: 'in.png' } });
    expect(tensor.steps.join(' ')).toContain('Network value');
  });

  it('are not shown out of an archive', async () => {
    const core = await testCore();
    const source = join(core.folder, 'source.zip');
    await writeFile(source, 'PK');
    await datasetOf(core, source, ['a.png', 'b.png']);
    await expect(core.ask('images/view', { image: { of: 'dataset', image: 'a.png' } })).rejects.toMatchObject({
      code: 'source/packed',
    });
    await datasetOf(core, 'https://example.org/source.zip', ['a.png', 'c.png']);
    await expect(core.ask('images/view', { image: { of: 'dataset', image: 'a.png' } })).rejects.toMatchObject({
      code: 'source/packed',
    });
  });
});

describe('pictures in memory', () => {
  it('are those used last, within their bytes', () => {
    const texts = boundedTexts(10);
    for (const key of ['a', 'b', 'c']) texts.set(key, 'xxxx');
    expect([texts.get('a'), texts.bytes]).toEqual([undefined, 8]);
    texts.get('b');
    texts.set('d', 'xxxx');
    expect([texts.get('b'), texts.get('c')]).toEqual(['xxxx', undefined]);
    texts.set('d', 'x');
    expect(texts.bytes).toBe(5);
  });
});
