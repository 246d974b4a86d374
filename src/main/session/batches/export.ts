import { basename } from 'node:path';
import { writeStreamAtomic } from '../../../pipeline/disk/atomic-stream.ts';
import { csvLine } from '../../../pipeline/disk/csv.ts';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { Ledger } from '../../batches/ledger.ts';
import { writeLedgerCsv } from '../../batches/ledger-csv.ts';
import { type LedgerHead, writeLedgerJson } from '../../batches/ledger-json.ts';
import { writeReport } from '../../batches/write-report.ts';
import type { MadeFile, Parsed } from '../../ipc/contract.ts';
import { modelFolderOf } from '../../models/store.ts';
import type { Batch } from '../../records/batches.ts';
import { readModelIdentity } from '../../workspace/model-identity.ts';
import type { Session } from '../session.ts';

type Format = Parsed<'batches/export'>['format'];

interface Job {
  readonly session: Session;
  readonly ledger: Ledger;
}

interface Kind {
  /** What stands behind the folder's name. */
  readonly ending: string;
  write(path: string, job: Job): Promise<void>;
}

const kinds: Record<Format, Kind> = {
  csv: { ending: '.csv', write: (path, { ledger }) => writeLedgerCsv(path, ledger) },
  json: { ending: '.json', write: async (path, job) => writeLedgerJson(path, job.ledger, await headOf(job)) },
  html: {
    ending: '-report.html',
    write: async (path, job) => {
      const { session, ledger } = job;
      const { state } = session.study.workspace.paths;
      await writeReport(path, ledger, { ...(await headOf(job)), withReviews: true }, state, session.context());
    },
  },
  reviews: { ending: '-reviews.csv', write: (path, { ledger }) => writeReviews(path, ledger) },
};

/** Brings a batch to the user as a file. @throws HilumError `batch/unknown`, `disk/…`, `worker/…` */
export async function exportBatch(session: Session, id: string, format: Format): Promise<MadeFile> {
  const { records } = session.study;
  const batch = records.batches.get(id);
  const kind = kinds[format];
  const ledger: Ledger = { records, batch, scanFrom: 'metadata' };
  const made = await session.surface.deliver(`${nameOf(batch)}${kind.ending}`, (path) =>
    kind.write(path, { session, ledger }),
  );
  if (made.kind !== 'cancelled') records.audit.add('export', id, { format });
  return made;
}

/** Folder's name without what some file system refuses. */
function nameOf({ folder }: Batch): string {
  const plain = basename(folder).replace(/[\p{C}<>:"/\\|?*]/gu, '_');
  return plain.replace(/^[. ]+|[. ]+$/g, '').slice(0, 80) || 'batch';
}

/** As for a batch whose results are written again: nothing is computed. */
async function headOf({ session, ledger }: Job): Promise<LedgerHead> {
  const head = { createdAt: session.context().now(), elapsedMs: 0, imagesPerSecond: 0 };
  const { modelSeal, modelName } = ledger.batch;
  try {
    const folder = await modelFolderOf(session.study.workspace.paths.state, modelSeal);
    return { ...head, model: await readModelIdentity(folder) };
  } catch (error) {
    if (!hasCode(error, 'model/unknown')) throw error;
    return { ...head, model: { card: { title: modelName, trained_on: 'not known: the model was removed' } } };
  }
}

const reviewColumns = ['file', 'image', 'predicted', 'decision', 'class', 'reader', 'at', 'model', 'notice'];

/** Every decision in the order in which they were made; `withdraw`: the reader took the one before back. */
async function writeReviews(path: string, { records, batch }: Ledger): Promise<void> {
  await writeStreamAtomic(path, async (write) => {
    await write(csvLine(reviewColumns));
    for (const entry of records.reviews.trail(batch.id)) {
      const { file, image, predicted, decision, reader, at } = entry;
      const answer = predicted === null ? null : batch.classes[predicted];
      await write(csvLine([file, image, answer, decision, entry.class, reader, at, entry.model_seal, notice]));
    }
  });
}
