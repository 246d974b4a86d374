import { fromEnvelope, HilumError } from '../../pipeline/domain/errors.ts';
import type { Progress, ReportProgress } from '../../pipeline/progress.ts';
import type { BatchItem, FromWorker, StageEvent, ToWorker } from '../../pipeline/protocol.ts';

export interface StageCallbacks {
  readonly onProgress?: ReportProgress | undefined;
  /** Called in the order of the events; an event is acknowledged when its call has resolved. */
  readonly onEvent?: ((event: StageEvent) => Promise<void> | void) | undefined;
}

export interface StageResult {
  readonly outcome: 'completed' | 'cancelled';
  readonly value: unknown;
}

/** A stage that runs in a worker. */
export interface StageRequest {
  /** @throws HilumError of the stage, of a callback, or `worker/died` */
  readonly result: Promise<StageResult>;
  /** Hands over a page of batch items; `last`: no more will come. */
  sendItems(items: readonly BatchItem[], last: boolean): void;
  /** Asks the stage to end at its next safe point. */
  cancel(): void;
}

type RequestMessage = Exclude<FromWorker, { type: 'ready' }>;

/** The supervisor's half of one request: keeps what is owed until everything that arrived is dealt with. */
export class OpenRequest implements StageRequest {
  readonly result: Promise<StageResult>;
  readonly id: string;
  private readonly post: (message: ToWorker) => void;
  private readonly callbacks: StageCallbacks;
  private readonly handling = new Set<Promise<void>>();
  private cancelled = false;
  private resolve: (result: StageResult) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(id: string, post: (message: ToWorker) => void, callbacks: StageCallbacks) {
    this.id = id;
    this.post = post;
    this.callbacks = callbacks;
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever began the stage awaits `result`; until then its failure must not count as unhandled.
    this.result.catch(() => undefined);
  }

  sendItems(items: readonly BatchItem[], last: boolean): void {
    this.post({ type: 'items', id: this.id, items: [...items], last });
  }

  cancel(): void {
    this.cancelled = true;
    this.post({ type: 'cancel', id: this.id });
  }

  /** @returns whether the worker has ended the stage */
  receive(message: RequestMessage): boolean {
    switch (message.type) {
      case 'progress':
        this.report(message.progress);
        return false;
      case 'event':
        this.handle(message.seq, message.event);
        return false;
      case 'done':
        this.afterEvents(() => this.resolve({ outcome: message.outcome, value: message.value }));
        return true;
      case 'failed':
        this.afterEvents(() => this.reject(fromEnvelope(message.error)));
        return true;
      default:
        return message satisfies never;
    }
  }

  /** The worker is gone. What it had sent still counts; a stage that was asked to end has ended. */
  workerDied(reason: string): void {
    this.afterEvents(() => {
      if (this.cancelled) this.resolve({ outcome: 'cancelled', value: null });
      else this.reject(new HilumError('worker/died', { reason }));
    });
  }

  private report(progress: Progress): void {
    try {
      this.callbacks.onProgress?.(progress);
    } catch (error) {
      this.fail(error);
    }
  }

  private handle(seq: number, event: StageEvent): void {
    const handled = (async () => {
      try {
        await this.callbacks.onEvent?.(event);
        this.post({ type: 'ack', id: this.id, seq });
      } catch (error) {
        this.fail(error);
      }
    })();
    this.handling.add(handled);
    void handled.then(() => this.handling.delete(handled));
  }

  private afterEvents(settle: () => void): void {
    void Promise.all(this.handling).then(settle);
  }

  /** What could not be stored must not be followed by more: the stage is stopped and the caller told why. */
  private fail(error: unknown): void {
    this.reject(error);
    this.cancel();
  }
}
