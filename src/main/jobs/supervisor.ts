import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { type FromWorker, fromWorkerSchema, type StageName, type ToWorker } from '../../pipeline/protocol.ts';
import type { OpenPort, WorkerExit, WorkerPort } from './ports/worker-port.ts';
import { OpenRequest, type StageCallbacks, type StageRequest } from './request.ts';
import { realTimers, type Timers } from './timers.ts';

export interface WorkerOptions {
  /** Time that a worker may take to say `ready`. */
  readonly readyWithinMs?: number | undefined;
  /** Time between asking a worker to end and ending it. */
  readonly graceMs?: number | undefined;
  readonly timers?: Timers | undefined;
}

/** A worker process that has said `ready`. */
export interface WorkerHandle {
  readonly pid: number;
  readonly alive: boolean;
  /** Starts a stage; a worker runs one at a time. @throws HilumError `worker/died` */
  begin(stage: StageName, input: unknown, callbacks?: StageCallbacks): StageRequest;
  /** Asks the worker to end, ends it after the grace, resolves when the process is gone. */
  stop(): Promise<void>;
  /** Ends it at once; callers get `worker/died` with this reason. */
  kill(reason: string): void;
}

/**
 * Starts a worker. It is never started again here: one that dies while starting would die for ever.
 * @throws HilumError `worker/not-ready`
 */
export async function startWorker(openPort: OpenPort, options: WorkerOptions = {}): Promise<WorkerHandle> {
  const { readyWithinMs = 60_000, graceMs = 10_000, timers = realTimers } = options;
  const worker = new SupervisedWorker(open(openPort), graceMs, timers);
  const takeBack = timers.after(readyWithinMs, () => worker.kill(`no answer within ${readyWithinMs / 1000} s`));
  try {
    await worker.ready;
    return worker;
  } finally {
    takeBack();
  }
}

function open(openPort: OpenPort): WorkerPort {
  try {
    return openPort();
  } catch (error) {
    throw new HilumError('worker/not-ready', { reason: errnoOf(error) ?? 'cannot be started' }, { cause: error });
  }
}

class SupervisedWorker implements WorkerHandle {
  pid = 0;
  alive = true;
  /** Rejects with `worker/not-ready`. */
  readonly ready: Promise<void>;
  private readonly gone: Promise<void>;
  private readonly port: WorkerPort;
  private readonly graceMs: number;
  private readonly timers: Timers;
  private readonly requests = new Map<string, OpenRequest>();
  private requestsBegun = 0;
  private killedFor: string | undefined;
  private isReady: () => void = () => undefined;
  private isNotReady: (error: HilumError) => void = () => undefined;
  private isGone: () => void = () => undefined;

  constructor(port: WorkerPort, graceMs: number, timers: Timers) {
    this.port = port;
    this.graceMs = graceMs;
    this.timers = timers;
    this.ready = new Promise((resolve, reject) => {
      this.isReady = resolve;
      this.isNotReady = reject;
    });
    this.gone = new Promise((resolve) => {
      this.isGone = resolve;
    });
    port.onMessage((message) => this.receive(message));
    port.onExit((exit) => this.ended(exit));
  }

  begin(stage: StageName, input: unknown, callbacks: StageCallbacks = {}): StageRequest {
    if (!this.alive) throw new HilumError('worker/died', { reason: this.killedFor ?? 'it had ended before' });
    const id = `${stage}-${++this.requestsBegun}`;
    const request = new OpenRequest(id, (message) => this.post(message), callbacks);
    this.requests.set(id, request);
    this.post({ type: 'run', id, stage, input });
    return request;
  }

  async stop(): Promise<void> {
    const takeBack = this.timers.after(this.graceMs, () => this.kill('did not end when asked'));
    for (const request of this.requests.values()) request.cancel();
    await Promise.allSettled([...this.requests.values()].map((request) => request.result));
    if (this.alive) this.port.stop();
    await this.gone;
    takeBack();
  }

  kill(reason: string): void {
    if (!this.alive) return;
    this.killedFor ??= reason;
    // A process in an uninterruptible read outlives even SIGKILL for a while: whoever waits for `ready` is told now.
    this.isNotReady(new HilumError('worker/not-ready', { reason }));
    this.port.kill();
  }

  private post(message: ToWorker): void {
    // Nothing is sent to a process that has ended: on some platforms that ends us too.
    if (!this.alive) return;
    this.port.send(message);
    if (message.type === 'cancel') this.killUnlessEnded(message.id);
  }

  private killUnlessEnded(id: string): void {
    const takeBack = this.timers.after(this.graceMs, () => {
      if (this.requests.has(id)) this.kill('did not stop when cancelled');
    });
    void this.requests.get(id)?.result.then(takeBack, () => undefined);
    void this.gone.then(takeBack);
  }

  private receive(raw: unknown): void {
    const parsed = fromWorkerSchema.safeParse(raw);
    if (!parsed.success) this.kill('sent a message that is not in the protocol');
    else if (parsed.data.type === 'ready') {
      this.pid = parsed.data.pid;
      this.isReady();
    } else this.answer(parsed.data);
  }

  private answer(message: Exclude<FromWorker, { type: 'ready' }>): void {
    const ended = this.requests.get(message.id)?.receive(message) ?? false;
    if (ended) this.requests.delete(message.id);
  }

  private ended(exit: WorkerExit): void {
    this.alive = false;
    const reason = this.killedFor ?? reasonOf(exit);
    this.isNotReady(new HilumError('worker/not-ready', { reason }));
    for (const request of this.requests.values()) request.workerDied(reason);
    this.requests.clear();
    this.isGone();
  }
}

function reasonOf({ code, signal, stderrTail }: WorkerExit): string {
  if (stderrTail.includes('heap out of memory')) return 'out of memory';
  if (signal !== null) return `signal ${signal}`;
  return code === null || code < 0 ? 'could not be started' : `exit code ${code}`;
}
