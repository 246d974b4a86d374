import { HilumError } from '../../pipeline/domain/errors.ts';
import type { BatchItem, BatchResult } from '../../pipeline/protocol.ts';
import type { Records } from '../records/index.ts';

const groupSize = 50;
const mostUnreadableInARow = 20;
const mostVerdictsWithoutAnswer = 20;

/**
 * Takes results as they come and makes them final. A group of results is one transaction: 50 of them, or what arrived
 * in the same turn of the event loop, since each transaction costs a flush of the disk.
 */
export class BatchLedger {
  /** Files that could not be read: they get another chance at the end. */
  readonly unreadable = new Set<number>();
  /** Files with a final row, those of earlier sessions included. */
  done: number;
  readonly files: number;
  lastReadPath: string | undefined;
  private readonly records: Records;
  private readonly batch: string;
  private readonly onCommit: () => void;
  private group: BatchResult[] = [];
  private committed = Promise.withResolvers<void>();
  private unreadableInARow = 0;
  private answered = false;
  private readonly verdicts = new Map<number, BatchResult>();

  constructor(records: Records, batch: string, onCommit: () => void) {
    this.records = records;
    this.batch = batch;
    this.onCommit = onCommit;
    const { files, done } = records.batchItems.counts(batch);
    this.files = files;
    this.done = done;
  }

  /**
   * @param final whether an unreadable file has had its second chance
   * @returns when the result is on the disk
   * @throws HilumError `batch/source-lost` after more than 20 unreadable files in a row; those stay without a result
   */
  take(result: BatchResult, from: BatchItem, final: boolean): Promise<void> {
    this.answered = true;
    if (isUnreadable(result) && !final) {
      this.unreadable.add(result.item);
      this.unreadableInARow++;
      if (this.unreadableInARow > mostUnreadableInARow) this.sourceLost(this.unreadableInARow);
      return Promise.resolve();
    }
    if (!isUnreadable(result)) {
      this.unreadableInARow = 0;
      this.lastReadPath = from.path;
    }
    this.group.push(result);
    const { promise } = this.committed;
    if (this.group.length >= groupSize) this.commit();
    else if (this.group.length === 1) setImmediate(() => this.commitQuietly());
    return promise;
  }

  /**
   * Names a file that crashed the worker. Held back until some file was answered: a worker that cannot decode anything
   * at all must not blame the files.
   * @throws HilumError `worker/died` when more than 20 crashed and none was answered
   */
  crashed({ item, file }: BatchItem, deaths: number, reason: string): void {
    const row = { frame: 0, image: file, scan: '', group: '', state: 'refused', predicted: null } as const;
    const rows = [{ ...row, probabilities: [], code: 'image/crashed' as const, facts: { deaths } }];
    this.verdicts.set(item, { item, sha256: null, rows });
    if (this.answered) this.commit();
    else if (this.verdicts.size > mostVerdictsWithoutAnswer) throw new HilumError('worker/died', { reason });
  }

  /** Whether the list's pass should leave this file alone. */
  isPutOff(item: number): boolean {
    return this.unreadable.has(item) || this.verdicts.has(item);
  }

  sourceLost(count: number): never {
    throw new HilumError('batch/source-lost', { count });
  }

  /** Makes everything final that was taken, crash verdicts included. */
  commit(): void {
    const results = [...this.group, ...this.verdicts.values()];
    if (results.length === 0) return;
    const waiting = this.committed;
    this.group = [];
    this.committed = Promise.withResolvers();
    try {
      this.done += this.records.batchItems.complete(this.batch, results);
    } catch (error) {
      // Whoever waits for these results gets the error; a promise that nobody holds must not end the process.
      waiting.promise.catch(() => undefined);
      waiting.reject(error);
      throw error;
    }
    this.verdicts.clear();
    waiting.resolve();
    this.onCommit();
  }

  private commitQuietly(): void {
    try {
      this.commit();
    } catch {
      // Told through the promise that `take` returned.
    }
  }
}

function isUnreadable({ rows }: BatchResult): boolean {
  const code = rows[0]?.code;
  return code === 'image/missing' || code === 'image/unreadable';
}
