import type { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { StageName } from '../../pipeline/protocol.ts';
import { runStage } from '../jobs/run-stage.ts';
import type { WorkerHandle } from '../jobs/supervisor.ts';
import type { Timers } from '../jobs/timers.ts';
import type { OpenWorker } from '../jobs/work-context.ts';
import type { Viewer } from './viewer.ts';

export interface ViewerOptions {
  readonly openWorker: OpenWorker;
  readonly timers: Timers;
  /** Time without a question after which its process ends. */
  readonly idleMs?: number | undefined;
  /** Time that one question may take. */
  readonly limitMs?: number | undefined;
}

const limits = { heapMb: 2048 } as const;

export function createViewer(options: ViewerOptions): Viewer {
  return new ViewerWorker(options);
}

class ViewerWorker implements Viewer {
  private readonly options: Required<ViewerOptions>;
  private worker: WorkerHandle | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private closed = false;
  private keepAwake: () => void = () => undefined;

  constructor({ openWorker, timers, idleMs = 60_000, limitMs = 120_000 }: ViewerOptions) {
    this.options = { openWorker, timers, idleMs, limitMs };
  }

  run<T>(stage: StageName, input: unknown, result: z.ZodType<T>): Promise<T> {
    this.waiting++;
    this.keepAwake();
    const answer = this.last.then(() => this.ask(stage, input, result)).finally(() => this.answered());
    this.last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.keepAwake();
    const { worker } = this;
    this.worker = undefined;
    await worker?.stop();
    await this.last;
  }

  private async ask<T>(stage: StageName, input: unknown, result: z.ZodType<T>): Promise<T> {
    const worker = await this.living();
    const { timers, limitMs } = this.options;
    const takeBack = timers.after(limitMs, () => worker.kill(`silent for ${limitMs / 1000} s`));
    try {
      const { outcome, value } = await runStage(worker, { stage, input });
      if (outcome === 'cancelled') throw new HilumError('cancelled/by-user');
      return result.parse(value);
    } finally {
      takeBack();
    }
  }

  private async living(): Promise<WorkerHandle> {
    if (this.closed) throw new HilumError('call/lost');
    if (this.worker?.alive) return this.worker;
    const worker = await this.options.openWorker(limits);
    if (this.closed) {
      await worker.stop();
      throw new HilumError('call/lost');
    }
    this.worker = worker;
    return worker;
  }

  private answered(): void {
    this.waiting--;
    if (this.waiting > 0 || this.closed) return;
    this.keepAwake = this.options.timers.after(this.options.idleMs, () => {
      const { worker } = this;
      this.worker = undefined;
      // The next question waits for its end: never two processes of one viewer.
      this.last = this.last.then(() => worker?.stop());
    });
  }
}
