import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDicom } from '../pipeline/images/make-dicom.ts';
import { makeStudy } from '../system/phantom-study.ts';
import { callApi, jobDone, trainRun } from './api.ts';
import { greyPng } from './grey-png.ts';
import type { Serving } from './serving.ts';

/** What a page that took names for markup would run. Marks tell where each came from. */
export const payload = (mark: string): string => `<img src=x onerror=window.__xss='${mark}'>`;
export const quoted = (mark: string): string => `"><svg onload=window.__xss='${mark}'>`;

/** Folders of the dataset, and so its classes. */
export const hostileClasses = { Cyst: payload('cyst'), Normal: quoted('normal'), Stone: 'Stone', Tumor: 'Tumor' };

/** A workspace whose classes and files are attacks, and a folder `incoming` with more. @returns the workspace */
export async function makeHostileStudy(folder: string): Promise<string> {
  const study = await makeStudy(folder, { scans: 4, slices: 4, epochs: 3 });
  for (const [plain, hostile] of Object.entries(hostileClasses)) {
    if (plain !== hostile) await rename(join(folder, 'images', plain), join(folder, 'images', hostile));
  }
  await writeFile(join(folder, 'images', 'Stone', `${quoted('refused')}.png`), 'no picture');
  await writeIncoming(join(folder, 'incoming'));
  return study;
}

/** Two trained runs and what people wrote about them; the dataset is read before. @returns their ids */
export async function fillHostileStudy(serving: Serving): Promise<string[]> {
  const { job } = await callApi(serving, 'dataset/ingest', { source: null });
  await jobDone(serving, job);
  const first = await trainRun(serving, payload('run-1'));
  const second = await trainRun(serving, quoted('run-2'), (params) => ({
    ...params,
    head: { ...params.head, dropout: 0.4 },
  }));
  for (const run of [first, second]) {
    const notes = { before: '', after: `${payload('notes')}\n[link](javascript:window.__xss='link')` };
    await callApi(serving, 'runs/annotate', { run, notes, addTags: [quoted('tag')] });
  }
  return [first, second];
}

async function writeIncoming(scans: string): Promise<void> {
  await mkdir(join(scans, payload('folder')), { recursive: true });
  await writeFile(join(scans, `${payload('file')}.png`), await greyPng(64, 64, (x, y) => x + y));
  await writeFile(join(scans, payload('folder'), `${quoted('below')}.png`), await greyPng(64, 64, (x, y) => x * y));
  await writeFile(join(scans, `${quoted('broken')}.png`), 'no picture');
  for (let slice = 1; slice <= 2; slice++) {
    const tags = {
      '0008103E LO': payload('series'),
      '00100010 PN': payload('patient'),
      '00180060 DS': payload('voltage'),
      '00181210 SH': '<b onclick=a()>',
      '0020000E UI': payload('uid'),
      '00200013 IS': String(slice),
      '00200032 DS': `-10\\-20\\${slice * 5}`,
    };
    await writeFile(join(scans, `slice ${slice}.dcm`), makeDicom(tags));
  }
}
