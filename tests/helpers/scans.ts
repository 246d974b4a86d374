import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addModel } from '../../src/main/models/store.ts';
import { makeDicom } from '../pipeline/images/make-dicom.ts';
import type { TestCore } from './core.ts';
import { greyPng } from './grey-png.ts';
import { sealTinyModel, type TinyModelOptions } from './tiny-model.ts';

/** Puts the tiny model among those of the open workspace. @returns its id */
export async function addTinyModel({ folder, ask }: TestCore, options: TinyModelOptions = {}): Promise<string> {
  const sealed = join(folder, `tiny-${options.seed ?? 3}`);
  await sealTinyModel(sealed, options);
  const { workspace } = await ask('app/state', {});
  return addModel(join(workspace.root, '.hilum'), sealed, { origin: 'imported', run: null });
}

/** A folder of small pictures that differ, one broken file among them. @returns its path */
export async function drawScans(folder: string, count: number): Promise<string> {
  const scans = join(folder, 'incoming');
  await mkdir(join(scans, 'below'), { recursive: true });
  for (let number = 1; number <= count; number++) {
    const name = `${number % 3 === 0 ? 'below/' : ''}image ${String(number).padStart(4, '0')}.png`;
    await writeFile(join(scans, name), await greyPng(40, 36, (x, y) => x * number + y * (number % 7)));
  }
  await writeFile(join(scans, 'broken.png'), 'no picture');
  return scans;
}

/** Slices of one series as DICOM files. */
export async function writeSeries(folder: string, slices: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let slice = 1; slice <= slices; slice++) {
    const place = { '00200013 IS': String(slice), '00200032 DS': `-10\\-20\\${slice * 5}` };
    await writeFile(join(folder, `slice ${slice}.dcm`), makeDicom(place));
  }
}
