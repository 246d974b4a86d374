import { access } from 'node:fs/promises';
import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import type { ClassifyInput } from '../../pipeline/domain/stage-inputs.ts';
import type { ReportProgress } from '../../pipeline/progress.ts';
import type { BatchItem, BatchResult, StageEvent } from '../../pipeline/protocol.ts';
import type { Records } from '../records/index.ts';
import { type Feed, namedFeed, pendingFeed } from './batch-feed.ts';
import { BatchLedger } from './batch-ledger.ts';
import { readBlackBox, resetBlackBox } from './black-box.ts';
import type { StageRequest } from './request.ts';
import { withSignal } from './run-stage.ts';
import type { WorkerHandle } from './supervisor.ts';
import { realTimers, type Timers } from './timers.ts';
import { watchdog } from './watchdog.ts';

export interface BatchOptions {
  readonly records: Records;
  /** A batch whose list of files is fixed; one that ended before is taken up again. */
  readonly batchId: string;
  /** Starts a worker; called again after one has died. */
  readonly openWorker: () => Promise<WorkerHandle>;
  /** `blackBox`: a file that this makes and the worker writes. */
  readonly input: ClassifyInput;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReportProgress | undefined;
  readonly onNote?: ((text: string) => void) | undefined;
  /** Files that a worker is given at most before it has answered some; three quarters of it must fill its pipeline. */
  readonly window?: number | undefined;
  /** Seconds without a sign of life after which a worker with work counts as hung. */
  readonly silentSeconds?: number | undefined;
  readonly timers?: Timers | undefined;
}

export interface BatchEnd {
  readonly outcome: 'completed' | 'cancelled';
  readonly files: number;
  /** Files with their final rows. */
  readonly done: number;
}

const deathsOfOneFile = 2;
const fruitlessDeaths = 3;

/**
 * Classifies every file of a batch that has no result yet. Only what is committed counts: killed at any point, a later
 * call goes on with the rest. A file that the worker twice died on is named `image/crashed`, all others go on.
 * @throws HilumError `batch/source-lost`, `worker/not-ready`, `worker/died` (3 times in a row without a result),
 * `disk/full`, and what the stage throws; the batch is then `failed` and can be resumed
 */
export async function runBatch(options: BatchOptions): Promise<BatchEnd> {
  const { records, batchId } = options;
  if (records.batches.get(batchId).files === null) throw new HilumError('batch/unknown', { batch: batchId });
  records.batches.resume(batchId);
  const batch = new BatchRun(options);
  try {
    const outcome = await batch.run();
    records.batches.finish(batchId, outcome);
    return { outcome, files: batch.ledger.files, done: batch.ledger.done };
  } catch (error) {
    markFailed(records, batchId);
    throw error;
  } finally {
    await batch.close();
  }
}

/** Best effort: on a full disk this cannot be stored either, and the next opener of the records marks the batch interrupted. */
function markFailed(records: Records, batchId: string): void {
  try {
    records.batches.finish(batchId, 'failed');
  } catch {
    // The error that ended the batch is the one to report.
  }
}

/** One stretch of work for a worker: the list, or one suspect alone, or the unreadable files once more. */
interface Pass {
  readonly feed: Feed;
  /** An unreadable file is not put off again. */
  readonly final: boolean;
}

class BatchRun {
  readonly ledger: BatchLedger;
  private readonly options: BatchOptions;
  private readonly window: number;
  private worker: WorkerHandle | undefined;
  /** Given to the worker and not answered. */
  private readonly outstanding = new Map<number, BatchItem>();
  private readonly deaths = new Map<number, number>();
  private readonly suspects: BatchItem[] = [];
  private deathsWithoutResult = 0;

  constructor(options: BatchOptions) {
    this.options = options;
    this.window = options.window ?? 128;
    this.ledger = new BatchLedger(options.records, options.batchId, () => {
      this.deathsWithoutResult = 0;
      this.reportProgress();
    });
  }

  async run(): Promise<BatchEnd['outcome']> {
    this.reportProgress();
    for (let pass = await this.nextPass(); pass !== undefined; pass = await this.nextPass()) {
      if ((await this.survive(pass)) === 'cancelled') return 'cancelled';
    }
    return 'completed';
  }

  async close(): Promise<void> {
    await this.worker?.stop();
  }

  /** Suspects first, so that a bad file is known before others are lost with it; then the list; then what could not be read. */
  private async nextPass(): Promise<Pass | undefined> {
    const { records, batchId } = this.options;
    const suspect = this.suspects[0];
    if (suspect !== undefined) return { feed: namedFeed(records, batchId, [suspect.item]), final: false };
    const skip = (item: number): boolean => this.ledger.isPutOff(item);
    const list = pendingFeed(records, batchId, skip);
    if (!list.empty) return { feed: list, final: false };
    this.ledger.commit();
    const again = [...this.ledger.unreadable];
    if (again.length === 0) return undefined;
    await this.requireSource(again.length);
    return { feed: namedFeed(records, batchId, again), final: true };
  }

  /** A drive that was pulled near the end must not turn its last files into missing ones. */
  private async requireSource(unreadable: number): Promise<void> {
    const { records, batchId } = this.options;
    const known = this.ledger.lastReadPath ?? records.batches.get(batchId).folder;
    await access(known).catch(() => this.ledger.sourceLost(unreadable));
  }

  /** Runs a pass; a dead worker is dealt with here, and the next pass picks up what it left. */
  private async survive(pass: Pass): Promise<BatchEnd['outcome']> {
    try {
      return await this.runPass(pass);
    } catch (error) {
      if (!hasCode(error, 'worker/died')) throw error;
      this.afterDeath(error);
      return 'completed';
    }
  }

  private async runPass({ feed, final }: Pass): Promise<BatchEnd['outcome']> {
    const { input, signal, silentSeconds = 300, timers = realTimers } = this.options;
    this.outstanding.clear();
    const worker = await this.livingWorker();
    if (signal?.aborted) return 'cancelled';
    resetBlackBox(input.blackBox);
    const guard = watchdog(silentSeconds, timers, () => worker.kill(`silent for ${silentSeconds} s`));
    let request: StageRequest | undefined;
    const onEvent = async (event: StageEvent): Promise<void> => {
      guard.heard();
      if (event.kind === 'note') this.options.onNote?.(event.text);
      if (event.kind !== 'results') return;
      const stored = event.results.map((result) => this.take(result, final));
      if (request !== undefined) this.topUp(request, feed);
      await Promise.all(stored);
    };
    try {
      request = worker.begin('classify', input, { onEvent, onProgress: guard.heard });
      this.topUp(request, feed);
      const { outcome } = await withSignal(request, signal);
      if (outcome === 'completed') this.requireAllAnswered();
      return outcome;
    } finally {
      guard.stop();
    }
  }

  private async livingWorker(): Promise<WorkerHandle> {
    if (this.worker?.alive) return this.worker;
    this.worker = await this.options.openWorker();
    return this.worker;
  }

  private take(result: BatchResult, final: boolean): Promise<void> {
    const item = this.outstanding.get(result.item);
    // Answered before, or never asked: the ledger holds one result a file.
    if (item === undefined) return Promise.resolve();
    this.outstanding.delete(result.item);
    if (this.suspects[0]?.item === result.item) this.suspects.shift();
    if (final) this.ledger.unreadable.delete(result.item);
    return this.ledger.take(result, item, final);
  }

  /** Sends the next page when a quarter of the window is free, so that messages stay few. */
  private topUp(request: StageRequest, feed: Feed): void {
    const free = this.window - this.outstanding.size;
    if (free < this.window / 4) return;
    const page = feed.next(free);
    if (page === undefined) return;
    for (const item of page.items) this.outstanding.set(item.item, item);
    request.sendItems(page.items, page.last);
  }

  private requireAllAnswered(): void {
    if (this.outstanding.size > 0) throw new HilumError('bug/unexpected', { name: 'files without a result' });
  }

  /** Charges the files that the worker held, and gives up when workers keep dying and nothing comes of it. */
  private afterDeath(death: HilumError): void {
    this.deathsWithoutResult++;
    const held = readBlackBox(this.options.input.blackBox).flatMap((item) => this.outstanding.get(item) ?? []);
    for (const item of held) this.charge(item, String(death.facts.reason));
    if (this.deathsWithoutResult >= fruitlessDeaths) throw death;
  }

  private charge(item: BatchItem, reason: string): void {
    const deaths = (this.deaths.get(item.item) ?? 0) + 1;
    this.deaths.set(item.item, deaths);
    const place = this.suspects.findIndex((suspect) => suspect.item === item.item);
    if (deaths < deathsOfOneFile) {
      if (place < 0) this.suspects.push(item);
      return;
    }
    if (place >= 0) this.suspects.splice(place, 1);
    this.ledger.unreadable.delete(item.item);
    this.ledger.crashed(item, deaths, reason);
    this.deathsWithoutResult = 0;
  }

  private reportProgress(): void {
    const { done, files } = this.ledger;
    const fraction = files === 0 ? 1 : done / files;
    this.options.onProgress?.({ step: 'Classifying', done, total: files, fraction });
  }
}
