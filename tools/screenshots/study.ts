import { join } from 'node:path';
import type { Params } from '../../src/pipeline/domain/params.ts';
import { callApi, jobDone, trainRun } from '../../tests/helpers/api.ts';
import type { Serving } from '../../tests/helpers/serving.ts';
import { jsonOf, setParams } from '../../tests/system/phantom-study.ts';

type Change = (params: Params) => Params;

/** Runs of a study that somebody might make; each changes one thing. */
const runs: readonly { readonly name: string; readonly change: Change; readonly tags?: string[] }[] = [
  { name: 'baseline', change: (params) => params, tags: ['reference'] },
  { name: 'dropout 0.4', change: (params) => ({ ...params, head: { ...params.head, dropout: 0.4 } }) },
  {
    name: 'hidden layer of 64',
    change: (params) => ({ ...params, head: { ...params.head, hidden: 64 } }),
    tags: ['head'],
  },
  {
    name: 'learning rate 0.01',
    change: (params) => ({ ...params, training: { ...params.training, learning_rate: 0.01 } }),
    tags: ['schedule'],
  },
  {
    name: 'constant schedule',
    change: (params) => ({ ...params, training: { ...params.training, schedule: 'constant' } }),
    tags: ['schedule'],
  },
  {
    name: 'last features only',
    change: (params) => ({ ...params, backbone: { ...params.backbone, features: ['top'] } }),
  },
];

export interface Study {
  /** Ids in the order of the runs. */
  readonly runs: readonly string[];
  readonly batch: string;
  /** A trained model beside the champion. */
  readonly challenger: string;
}

/** A workspace on phantom scans, small enough to train on within seconds. @returns its folder */
export async function makeWorkspace(folder: string): Promise<string> {
  const counts = ['--scans', '10', '--slices', '8', '--size', '192'];
  await jsonOf(folder, 'phantom', 'kidney-phantoms', ...counts);
  const description = 'synthetic images made by `hilum phantom`';
  await jsonOf(folder, 'init', 'phantom-study', '--source', 'kidney-phantoms', '--description', description);
  const workspace = join(folder, 'phantom-study');
  await setParams(workspace, { size: '160', epochs: '24', patience: '0', resamples: '500' });
  return workspace;
}

/** Trains the runs, classifies the scans of the demo, and reads some of them. */
export async function fillStudy(serving: Serving): Promise<Study> {
  await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
  const { params } = await callApi(serving, 'params/get', {});
  const ids: string[] = [];
  for (const { name, change, tags = [] } of runs) {
    const run = await trainRun(serving, name, () => change(params));
    if (tags.length > 0) await callApi(serving, 'runs/annotate', { run, addTags: tags });
    ids.push(run);
  }
  const [baseline = ''] = ids;
  const notes = { before: '', after: 'Reference for all others: frozen backbone, three feature levels.' };
  await callApi(serving, 'runs/annotate', { run: baseline, pinned: true, notes });
  await jobDone(serving, (await callApi(serving, 'honesty/start', { what: 'leak-meter' })).job);
  await jobDone(serving, (await callApi(serving, 'suspects/find', {})).job);
  const batch = await jobDone(serving, (await callApi(serving, 'demo/classify', {})).job);
  if (batch === null) throw new Error('the demo has no batch');
  await readSome(serving, batch);
  const challenger = await promoteOne(serving);
  await relabelOne(serving);
  return { runs: ids, batch, challenger };
}

/** The two most urgent images are accepted, the next one is corrected. */
async function readSome(serving: Serving, batch: string): Promise<void> {
  const sort = { by: 'urgency', descending: false } as const;
  const { rows } = await callApi(serving, 'batches/rows', { batch, filter: {}, sort, offset: 0, limit: 3 });
  for (const [index, { item, frame, class: answer }] of rows.entries()) {
    const decided = index < 2 ? { decision: 'accept', class: answer } : { decision: 'correct', class: 'Cyst' };
    const decision = index < 2 ? 'accept' : 'correct';
    await callApi(serving, 'batches/review', {
      batch,
      item,
      frame,
      class: decided.class,
      decision,
      reader: 'M. Reader',
    });
  }
}

/** The best guess becomes champion with a reason. @returns another trained model */
async function promoteOne(serving: Serving): Promise<string> {
  const { models } = await callApi(serving, 'models/list', {});
  const [challenger, champion] = models.filter(({ origin }) => origin === 'trained').map(({ id }) => id);
  if (challenger === undefined || champion === undefined) throw new Error('fewer than two models were trained');
  const wish = { model: champion, alias: 'champion', reader: 'M. Reader' } as const;
  await callApi(serving, 'registry/promote', { ...wish, override: 'The first champion of a study of phantoms.' });
  return challenger;
}

/** One image gets another class: a second version of the dataset. */
async function relabelOne(serving: Serving): Promise<void> {
  const { rows } = await callApi(serving, 'dataset/images', { offset: 0, limit: 1 });
  const [image] = rows;
  if (image === undefined) throw new Error('the dataset is empty');
  const other = image.class === 'Cyst' ? 'Stone' : 'Cyst';
  await callApi(serving, 'dataset/relabel', { images: [image.image], class: other, reader: 'M. Reader' });
}
