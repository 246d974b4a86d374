import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import type { Ledger } from './ledger.ts';
import { type LedgerHead, writeLedgerJson } from './ledger-json.ts';

/**
 * The batch as one page of HTML that opens without network.
 * @param state folder for the rows on their way to the worker
 * @throws HilumError `disk/…`, `worker/…`, `cancelled/by-user`
 */
export async function writeReport(
  out: string,
  ledger: Ledger,
  head: LedgerHead,
  state: string,
  context: WorkContext,
): Promise<void> {
  const batch = join(state, 'tmp', `report-${ledger.batch.id}.json`);
  try {
    await writeLedgerJson(batch, ledger, head);
    await stageInWorker(context, 'report', { batch, out }, z.object({ out: z.string() }));
  } finally {
    await rm(batch, { force: true });
  }
}
