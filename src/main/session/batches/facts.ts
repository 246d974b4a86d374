import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorTable } from '../../../pipeline/domain/error-table.ts';
import { type Facts, isErrorCode } from '../../../pipeline/domain/errors.ts';
import { stoodAsOf, versionOf } from '../../batches/find-batch.ts';
import type { Batch, Output } from '../../ipc/contract.ts';
import type { Batch as RecordedBatch } from '../../records/batches.ts';
import type { Records } from '../../records/index.ts';

/** A drive that does not answer must not keep the list of batches from the page. */
const longestLookMs = 500;

export async function batchFacts(records: Records, batch: RecordedBatch): Promise<Batch> {
  const { states, reviewed } = records.batchQueries.states(batch.id);
  const { id, folder, classes, startedAt, endedAt, outcome, files } = batch;
  const done = outcome === 'completed' && files !== null ? files : records.batchItems.counts(id).done;
  const standing = { version: versionOf(batch), stoodAs: stoodAsOf(batch) };
  const model = { title: batch.modelName, seal: batch.modelSeal, ...standing };
  const sourceThere = await isThere(folder);
  const what = { id, title: basename(folder), folder, model, classes, startedAt, endedAt, outcome, files };
  return { ...what, done, states, reviewed, sourceThere };
}

export async function batchDetails(records: Records, id: string): Promise<Output<'batches/get'>> {
  const batch = records.batches.get(id);
  const byClass = Object.fromEntries(batch.classes.map((name) => [name, 0]));
  for (const { predicted, images } of records.batchQueries.answers(id)) {
    const name = batch.classes[predicted];
    if (name !== undefined) byClass[name] = images;
  }
  const byCode = records.batchRows.codes(id).map((each) => ({ ...each, reason: generalSentence(each.code) }));
  return { batch: await batchFacts(records, batch), byClass, byCode };
}

/** The sentence of a code with `…` where each image has a value of its own. */
function generalSentence(code: string): string {
  const any = new Proxy<Facts>({}, { get: () => '…' });
  return isErrorCode(code) ? errorTable[code].sentence(any) : code;
}

async function isThere(path: string): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), longestLookMs);
  const looked = stat(path).then(
    () => true,
    () => false,
  );
  return Promise.race([looked, late]).finally(() => clearTimeout(timer));
}
