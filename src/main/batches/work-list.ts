import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import type { BatchResult } from '../../pipeline/protocol.ts';
import type { ListedFile } from '../records/batch-items.ts';
import type { Records } from '../records/index.ts';
import { type ListedEntry, listFiles } from '../workspace/list-files.ts';
import type { BatchPlan } from './plan.ts';
import { isInShard } from './shard.ts';

const pageSize = 1000;

/**
 * Stores the list of files of a batch, once and for all; what is no file gets its refused row at once.
 * @throws HilumError `source/empty`, `source/…`, `cancelled/by-user`; the batch cannot be resumed then
 */
export async function fixWorkList(
  records: Records,
  batch: string,
  plan: BatchPlan,
  signal: AbortSignal,
): Promise<void> {
  try {
    const found = await storeList(records, batch, plan, signal);
    if (found === 0) throw new HilumError('source/empty', { source: 'The folder' });
    records.batches.fixList(batch);
  } catch (error) {
    records.batches.finish(batch, hasCode(error, 'cancelled/by-user') ? 'cancelled' : 'failed');
    throw error;
  }
}

/** @returns entries of the folder, those of other shards included */
async function storeList(records: Records, batch: string, plan: BatchPlan, signal: AbortSignal): Promise<number> {
  const { shard, isOurs: skip } = plan;
  let found = 0;
  let item = 0;
  let page: ListedFile[] = [];
  let refused: BatchResult[] = [];
  const store = (): void => {
    records.batchItems.addMany(batch, page);
    if (refused.length > 0) records.batchItems.complete(batch, refused);
    page = [];
    refused = [];
  };
  for await (const entry of listFiles(plan.folder, { skip, signal })) {
    found++;
    if (shard !== undefined && !isInShard(shard, entry.file)) continue;
    item++;
    const { file, path, size, mtimeMs } = entry;
    page.push({ item, file, path, size, mtimeMs });
    if (entry.refused !== undefined) refused.push(refusedResult(item, file, entry.refused));
    if (page.length === pageSize) store();
  }
  store();
  return found;
}

function refusedResult(item: number, file: string, { code, facts }: NonNullable<ListedEntry['refused']>): BatchResult {
  const row = { frame: 0, image: file, scan: '', group: '', state: 'refused', predicted: null } as const;
  return { item, sha256: null, rows: [{ ...row, probabilities: [], code, facts }] };
}
